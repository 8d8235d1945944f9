import { Page } from '../parts/page';

export function ShopPage() {
  return <Page title="Shop">{null}</Page>;
}
