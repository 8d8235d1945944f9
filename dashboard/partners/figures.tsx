import { Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Schemas } from '../client/client';
import type { Statuses } from '../deliveries/status-pill';
import { count } from '../parts/format';
import { Pill } from '../parts/pill';

/** What stands out at a partner, each figure leading to what it counts. */
export function Figures({
  partner: { code, figures },
  statuses,
}: {
  readonly partner: Schemas['ListedPartner'];
  readonly statuses: Statuses;
}) {
  const ofStatus: Readonly<Record<string, number>> = { ...figures };
  const counted = statuses.flatMap(({ status, says, tone }) => {
    const number = ofStatus[status] ?? 0;
    return number > 0
      ? [{ status, tone, text: `${number.toLocaleString()} ${says.toLowerCase()}` }]
      : [];
  });
  if (figures.late + counted.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nothing is late, failed or waiting.
      </Text>
    );
  }
  return (
    <Group gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {figures.late > 0 && (
        <Figure to="/orders" search={{ partner: code, latePartner: 'true' }}>
          <Pill tone="danger">{count(figures.late, 'late hand-over')}</Pill>
        </Figure>
      )}
      {counted.map(({ status, tone, text }) => (
        <Figure key={status} to={`/partners/${code}`} search={{ status }}>
          <Pill tone={tone}>{text}</Pill>
        </Figure>
      ))}
    </Group>
  );
}

function Figure({
  children,
  ...target
}: {
  readonly to: string;
  readonly search: Readonly<Record<string, string>>;
  readonly children: ReactNode;
}) {
  return (
    <li>
      <Link {...target} style={{ display: 'block', paddingBlock: 2, textDecoration: 'none' }}>
        {children}
      </Link>
    </li>
  );
}
