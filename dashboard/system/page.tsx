import { Anchor, Card, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Schemas } from '../client/client';
import { isProblem } from '../client/problem';
import { count } from '../parts/format';
import { Page } from '../parts/page';
import { Failed, Loading } from '../parts/states';
import { When } from '../parts/when';
import { Facts } from './facts';
import { Health } from './health';
import { systemQuery } from './queries';

/** How Conveyor is: what answers, which versions run, what waits, and where engineers look next. */
export function SystemPage() {
  const { data, error, refetch } = useQuery(systemQuery);
  if (isProblem(error, 403)) {
    return (
      <Page title="System">
        <Failed error={error} />
      </Page>
    );
  }
  return (
    <Page title="System" about="Looked at anew every few seconds.">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Part title="Health">
          <Health />
        </Part>
        {data && <Known system={data} />}
      </SimpleGrid>
      {error && !data && <Failed error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Loading rows={6} />}
    </Page>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Card withBorder padding="lg">
      <Title order={2} mb="md">
        {title}
      </Title>
      {children}
    </Card>
  );
}

function Known({ system }: { readonly system: Schemas['System'] }) {
  const { versions, startedAt, shop, waiting, temporalUiUrl } = system;
  return (
    <>
      <Part title="What waits">
        <Facts
          facts={[
            [
              'Needs attention',
              <Anchor component={Link} to="/tasks">
                {count(waiting.tasks, 'task')}
              </Anchor>,
            ],
            ['Outbox', count(waiting.outbox, 'row')],
            ['From partners', count(waiting.partnerMessages, 'message')],
          ]}
        />
      </Part>
      <Part title="Versions">
        <Facts
          facts={[
            ['Conveyor', versions.conveyor],
            ['Node.js', versions.node],
            ['PostgreSQL', versions.postgres],
            ['Temporal', versions.temporal ?? 'does not answer'],
            [
              'Shop',
              <Anchor
                component={Link}
                to="/shop"
              >{`${shop.name}, revision ${shop.revision}`}</Anchor>,
            ],
            ['API started', <When at={startedAt} />],
          ]}
        />
      </Part>
      <Part title="For engineers">
        <Stack gap="xs">
          {temporalUiUrl === null ? (
            <Text c="dimmed">Set TEMPORAL_UI_URL to have the Temporal Web UI linked here.</Text>
          ) : (
            <Outward href={temporalUiUrl} says="every order as a workflow">
              Temporal Web UI
            </Outward>
          )}
          <Outward href="/docs" says="every call, with a form to try it">
            API
          </Outward>
          <Outward href="/docs/problems" says="what each means, and what to do">
            Problems
          </Outward>
          <Outward href="/openapi.json" says="the same for programs">
            OpenAPI document
          </Outward>
          <Outward href="/metrics" says="figures for Prometheus">
            Metrics
          </Outward>
        </Stack>
      </Part>
    </>
  );
}

function Outward({
  href,
  says,
  children,
}: {
  readonly href: string;
  readonly says: string;
  readonly children: string;
}) {
  return (
    <Text>
      <Anchor href={href} target="_blank" rel="noreferrer">
        {children}
      </Anchor>
      <Text span c="dimmed">
        : {says}
      </Text>
    </Text>
  );
}
