import { Page } from '../parts/page';

export function TasksPage() {
  return <Page title="Needs attention">{null}</Page>;
}
