import { Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas } from '../client/client';
import { FormFault } from '../parts/faults';
import { Failed, Loading } from '../parts/states';
import { When } from '../parts/when';
import { browserName } from './browsers';
import { sessionsQuery } from './queries';

/** Where one is signed in, and signing out there. */
export function OwnSessions() {
  const { data, error, refetch } = useQuery(sessionsQuery);
  return (
    <Card withBorder padding="lg">
      <Title order={2} mb="md">
        Where you are signed in
      </Title>
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Loading rows={2} height={44} />}
      {data && (
        <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
          {data.map((session) => (
            <OneSession key={session.id} session={session} />
          ))}
        </Stack>
      )}
    </Card>
  );
}

function OneSession({ session }: { readonly session: Schemas['Session'] }) {
  const { id, browser, isThis, usedAt, createdAt } = session;
  const name = browserName(browser);
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () => api.DELETE('/v1/sessions/{id}', { params: { path: { id } } }),
    onSettled: () => queries.invalidateQueries(sessionsQuery),
  });
  return (
    <li>
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Group gap="xs">
            <Text fw={600}>{name}</Text>
            {isThis && (
              <Badge variant="light" tt="none" radius="sm">
                This one
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            Signed in <When at={createdAt} as="date" />, used <When at={usedAt} />
          </Text>
        </div>
        {!isThis && (
          <Button
            variant="default"
            size="xs"
            loading={end.isPending}
            onClick={() => end.mutate()}
            aria-label={`Sign out ${name}`}
          >
            Sign out
          </Button>
        )}
      </Group>
      <FormFault error={end.error} />
    </li>
  );
}
