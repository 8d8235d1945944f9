import { Page } from '../parts/page';

export function PartnersPage() {
  return <Page title="Partners">{null}</Page>;
}
