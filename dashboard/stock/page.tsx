import { Page } from '../parts/page';

export function StockPage() {
  return <Page title="Stock">{null}</Page>;
}
