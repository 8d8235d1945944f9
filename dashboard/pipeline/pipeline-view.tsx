import { Accordion, Skeleton, Stack } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { Schemas } from '../client/client';
import type { Standing } from './standing';
import { StatusList } from './status-list';

/** What lays out and draws is large, and comes when something is drawn for the first time. */
const Drawing = lazy(async () => ({ default: (await import('./drawing')).Drawing }));

interface PipelineViewProps {
  readonly label: string;
  readonly pipeline: Schemas['Pipeline'];
  readonly standings: readonly Standing[];
}

/** A pipeline drawn, and under it the same in words. */
export function PipelineView({ label, pipeline, standings }: PipelineViewProps) {
  return (
    <Stack gap="xs">
      <Suspense fallback={<Skeleton height={180} />}>
        <Drawing label={label} pipeline={pipeline} standings={standings} />
      </Suspense>
      <Accordion variant="default" chevronPosition="left">
        <Accordion.Item value="words">
          <Accordion.Control>In words</Accordion.Control>
          <Accordion.Panel>
            <StatusList standings={standings} />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  );
}
