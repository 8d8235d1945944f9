import { Page } from '../parts/page';

export function OrderPage() {
  return <Page title="Order">{null}</Page>;
}
