import { Page } from '../parts/page';

export function OrdersPage() {
  return <Page title="Orders">{null}</Page>;
}
