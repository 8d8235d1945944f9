import { Page } from '../parts/page';

export function SystemPage() {
  return <Page title="System">{null}</Page>;
}
