import { Page } from '../parts/page';

export function BatchesPage() {
  return <Page title="Batches">{null}</Page>;
}
