import { Accordion, Alert, Group, List, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconExclamationCircle } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf, type Schemas } from '../client/client';
import { Page } from '../parts/page';
import { Pill } from '../parts/pill';
import { Failed, Loading } from '../parts/states';
import { Drawing } from '../pipeline/drawing';

type ExplainedShop = Schemas['ExplainedShop'];

const explainedQuery = queryOptions({
  queryKey: ['shop', 'explained'],
  queryFn: async () => dataOf(await api.GET('/v1/shop/explained')),
});

export function ShopPage() {
  const { data, error, refetch } = useQuery(explainedQuery);
  return (
    <Page
      title="Shop"
      about={data ? `${data.name}, revision ${data.revision}` : 'The table that orders follow'}
    >
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <Explained shop={data} />}
    </Page>
  );
}

function Explained({ shop }: { readonly shop: ExplainedShop }) {
  const [which, setWhich] = useState<'orders' | 'lines'>('orders');
  const pipeline = shop[which];
  return (
    <Stack gap="lg">
      <Faults faults={shop.faults} />
      <Stack component="section" gap="sm" aria-labelledby="pipelines">
        <Group justify="space-between">
          <Title order={2} id="pipelines">
            Pipelines
          </Title>
          <SegmentedControl
            aria-label="Which pipeline"
            data={[
              { value: 'orders', label: 'Of orders' },
              { value: 'lines', label: 'Of lines' },
            ]}
            value={which}
            onChange={(value) => setWhich(value as typeof which)}
          />
        </Group>
        <Drawing pipeline={pipeline} />
        <Stack gap="md">
          {pipeline.statuses.map(({ status, tone, next, says }) => (
            <div key={status}>
              <Group gap="xs">
                <Pill tone={tone}>{status}</Pill>
                <Text size="sm" c="dimmed">
                  {next.length === 0 ? 'ends' : `→ ${next.map(({ to }) => to).join(', ')}`}
                </Text>
              </Group>
              <List size="sm" mt={4}>
                {says.map((sentence) => (
                  <List.Item key={sentence}>{sentence}</List.Item>
                ))}
              </List>
            </div>
          ))}
        </Stack>
      </Stack>
      <Chapters chapters={shop.chapters} />
    </Stack>
  );
}

function Faults({ faults }: { readonly faults: readonly string[] }) {
  if (faults.length === 0) {
    return (
      <Alert color="green" icon={<IconCircleCheck size={18} aria-hidden />}>
        The table is sound: every status can be reached and left, and money that is taken can be
        given back. To change it, edit the file and run <code>npm run shop:check</code>.
      </Alert>
    );
  }
  return (
    <Alert
      color="red"
      title="The table is not sound"
      icon={<IconExclamationCircle size={18} aria-hidden />}
    >
      <List size="sm">
        {faults.map((fault) => (
          <List.Item key={fault}>{fault}</List.Item>
        ))}
      </List>
    </Alert>
  );
}

function Chapters({ chapters }: { readonly chapters: ExplainedShop['chapters'] }) {
  return (
    <Accordion
      multiple
      variant="separated"
      order={2}
      defaultValue={chapters.slice(0, 1).map(({ title }) => title)}
    >
      {chapters.map(({ title, entries }) => (
        <Accordion.Item key={title} value={title}>
          <Accordion.Control>{title}</Accordion.Control>
          <Accordion.Panel>
            <Stack gap="sm">
              {entries.map(({ name, says }) => (
                <div key={name}>
                  <Text size="sm" fw={600}>
                    {name}
                  </Text>
                  <List size="sm">
                    {says.map((sentence) => (
                      <List.Item key={sentence}>{sentence}</List.Item>
                    ))}
                  </List>
                </div>
              ))}
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}
