import { Page } from '../parts/page';

export function MessagesPage() {
  return <Page title="Messages">{null}</Page>;
}
