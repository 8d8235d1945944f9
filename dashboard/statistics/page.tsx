import { Page } from '../parts/page';

export function StatisticsPage() {
  return <Page title="Statistics">{null}</Page>;
}
