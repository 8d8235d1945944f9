import { Page } from '../parts/page';

export function StockRecordPage() {
  return <Page title="Stock record">{null}</Page>;
}
