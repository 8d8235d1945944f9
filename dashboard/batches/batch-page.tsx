import { Page } from '../parts/page';

export function BatchPage() {
  return <Page title="Batch">{null}</Page>;
}
