import { Alert, Badge, Card, Group, List, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconCircleCheck, IconExclamationCircle } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Schemas } from '../client/client';
import { count } from '../parts/format';
import { Page } from '../parts/page';
import { Failed, Loading } from '../parts/states';
import { PipelineView } from '../pipeline/pipeline-view';
import { bareStanding } from '../pipeline/standing';
import { explainedShopQuery } from './queries';

type Explained = Schemas['ExplainedShop'];
type Chapter = Explained['chapters'][number];

/** The shop's table: drawn, in sentences, and whether it is sound. */
export function ShopPage() {
  const { data, error, refetch } = useQuery(explainedShopQuery);
  const about = data && `${data.name}, revision ${data.revision}`;
  return (
    <Page title="Shop" about={about}>
      {data ? (
        <Shop shop={data} />
      ) : error ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading rows={4} height={160} />
      )}
    </Page>
  );
}

function Shop({ shop: { faults, orders, lines, chapters } }: { readonly shop: Explained }) {
  return (
    <Stack gap="lg">
      <Soundness faults={faults} />
      <Drawn title="Order statuses" pipeline={orders} />
      <Drawn title="Line statuses" pipeline={lines} />
      {chapters.map((chapter) => (
        <ChapterPart key={chapter.title} chapter={chapter} />
      ))}
    </Stack>
  );
}

function Soundness({ faults }: { readonly faults: readonly string[] }) {
  if (faults.length === 0) {
    return (
      <Alert
        color="green"
        icon={<IconCircleCheck size={18} aria-hidden />}
        title="The table is sound"
      >
        It is a file of your shop: edit it, raise its revision, check it with{' '}
        <code>npm run shop:check</code>, and start again. Orders keep the table they were placed
        with.
      </Alert>
    );
  }
  return (
    <Alert
      color="red"
      icon={<IconExclamationCircle size={18} aria-hidden />}
      title={`The table has ${count(faults.length, 'fault')}`}
    >
      <List size="sm">
        {faults.map((fault) => (
          <List.Item key={fault}>{fault}</List.Item>
        ))}
      </List>
    </Alert>
  );
}

function Drawn({
  title,
  pipeline,
}: {
  readonly title: string;
  readonly pipeline: Schemas['Pipeline'];
}) {
  const standings = useMemo(
    () => pipeline.statuses.map((each) => bareStanding(each, pipeline.initial)),
    [pipeline],
  );
  return (
    <Card withBorder padding="md" component="section" aria-label={title}>
      <Title order={2} mb="sm">
        {title}
      </Title>
      <PipelineView label={title} pipeline={pipeline} standings={standings} />
    </Card>
  );
}

function ChapterPart({ chapter: { title, entries } }: { readonly chapter: Chapter }) {
  const areNames = entries.every(({ says }) => says.length === 0);
  return (
    <section aria-label={title}>
      <Title order={2} mb="sm">
        {title}
      </Title>
      {areNames ? <Names entries={entries} /> : <Cards entries={entries} />}
    </section>
  );
}

function Names({ entries }: Pick<Chapter, 'entries'>) {
  return (
    <Group gap="xs">
      {entries.map(({ name }) => (
        <Badge key={name} variant="default" tt="none" radius="sm" size="lg" fw={500}>
          {name}
        </Badge>
      ))}
    </Group>
  );
}

function Cards({ entries }: Pick<Chapter, 'entries'>) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
      {entries.map(({ name, says }) => (
        <Card key={name} withBorder padding="sm">
          <Title order={3} mb={4}>
            {name}
          </Title>
          {says.map((sentence) => (
            <Text key={sentence} size="sm">
              {sentence}
            </Text>
          ))}
        </Card>
      ))}
    </SimpleGrid>
  );
}
