import { Page } from '../parts/page';

export function WebhooksPage() {
  return <Page title="Webhooks">{null}</Page>;
}
