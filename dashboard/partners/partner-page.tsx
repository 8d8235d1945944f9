import { Page } from '../parts/page';

export function PartnerPage() {
  return <Page title="Partner">{null}</Page>;
}
