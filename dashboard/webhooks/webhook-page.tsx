import { Page } from '../parts/page';

export function WebhookPage() {
  return <Page title="Webhook">{null}</Page>;
}
