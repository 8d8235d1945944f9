import {
  Badge,
  Button,
  Group,
  Modal,
  Stack,
  Switch,
  Table,
  Text,
  VisuallyHidden,
} from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Schemas } from '../client/client';
import { Empty, Failed, Loading } from '../parts/states';
import { When } from '../parts/when';
import { EndKey } from './end-key';
import { KeyForm } from './key-form';
import { keysQuery } from './queries';
import { roleWords } from './roles';
import { RotateKey } from './rotate-key';
import { ShownOnce } from './shown-once';

type Key = Schemas['ApiKey'];

type Front =
  | { readonly kind: 'none' | 'form' }
  | { readonly kind: 'rotate' | 'end'; readonly apiKey: Key }
  | { readonly kind: 'made'; readonly made: Schemas['CreatedApiKey'] };

const titles: Readonly<Record<Front['kind'], string>> = {
  none: '',
  form: 'Make a key',
  rotate: 'Replace a key',
  end: 'Revoke a key',
  made: 'The new key',
};

const isEnded = ({ revokedAt }: Key) => revokedAt !== null && Date.parse(revokedAt) <= Date.now();

/** Which programs may call the API. */
export function Keys() {
  const { data, error, refetch } = useQuery(keysQuery);
  const [showsEnded, setShowsEnded] = useState(false);
  const [front, setFront] = useState<Front>({ kind: 'none' });
  const close = () => setFront({ kind: 'none' });
  const onMade = (made: Schemas['CreatedApiKey']) => setFront({ kind: 'made', made });
  const shown = data?.filter((key) => showsEnded || !isEnded(key)) ?? [];
  return (
    <Stack>
      <Group justify="space-between">
        <Text c="dimmed">Programs that call the API: a shop window, a partner’s system.</Text>
        <Button
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => setFront({ kind: 'form' })}
        >
          Make a key
        </Button>
      </Group>
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Loading rows={4} height={52} />}
      {data && shown.length === 0 && <Empty kind="new" title="No program has a key" />}
      {shown.length > 0 && (
        <KeyTable keys={shown} onAsk={(kind, apiKey) => setFront({ kind, apiKey })} />
      )}
      {data?.some(isEnded) && (
        <Switch
          label="Also show keys that were revoked"
          checked={showsEnded}
          onChange={(event) => setShowsEnded(event.currentTarget.checked)}
        />
      )}
      <Modal opened={front.kind !== 'none'} onClose={close} title={titles[front.kind]}>
        {front.kind === 'form' && <KeyForm onMade={onMade} />}
        {front.kind === 'rotate' && <RotateKey apiKey={front.apiKey} onMade={onMade} />}
        {front.kind === 'end' && <EndKey apiKey={front.apiKey} onDone={close} />}
        {front.kind === 'made' && (
          <ShownOnce label="Key" value={front.made.key} onClose={close}>
            Copy the key “{front.made.record.name}” to where it is used. It is not shown again.
          </ShownOnce>
        )}
      </Modal>
    </Stack>
  );
}

interface KeyTableProps {
  readonly keys: readonly Key[];
  readonly onAsk: (kind: 'rotate' | 'end', apiKey: Key) => void;
}

function KeyTable({ keys, onAsk }: KeyTableProps) {
  return (
    <Table aria-label="API keys">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Name</Table.Th>
          <Table.Th scope="col" visibleFrom="sm">
            Role
          </Table.Th>
          <Table.Th scope="col" visibleFrom="md">
            Last used
          </Table.Th>
          <Table.Th scope="col">
            <VisuallyHidden>Actions</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {keys.map((apiKey) => (
          <Table.Tr key={apiKey.id}>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>
              <KeyName apiKey={apiKey} />
            </Table.Td>
            <Table.Td visibleFrom="sm">
              {roleWords[apiKey.role].label}
              {apiKey.partner !== null && (
                <Text size="xs" c="dimmed">
                  {apiKey.partner}
                </Text>
              )}
            </Table.Td>
            <Table.Td visibleFrom="md">
              {apiKey.lastUsedAt === null ? 'Never' : <When at={apiKey.lastUsedAt} />}
            </Table.Td>
            <Table.Td>
              {apiKey.revokedAt === null && (
                <Group gap="xs" justify="end">
                  <Button
                    variant="default"
                    size="xs"
                    onClick={() => onAsk('rotate', apiKey)}
                    aria-label={`Replace ${apiKey.name}`}
                  >
                    Replace
                  </Button>
                  <Button
                    variant="default"
                    size="xs"
                    onClick={() => onAsk('end', apiKey)}
                    aria-label={`Revoke ${apiKey.name}`}
                  >
                    Revoke
                  </Button>
                </Group>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function KeyName({ apiKey }: { readonly apiKey: Key }) {
  const { name, prefix, role, revokedAt } = apiKey;
  return (
    <>
      <Group gap="xs">
        <Text size="sm" fw={600} dir="auto">
          {name}
        </Text>
        {revokedAt !== null && (
          <Badge color="gray" variant="light" tt="none" radius="sm">
            {isEnded(apiKey) ? 'Revoked' : 'Being replaced'}
          </Badge>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        <Text span hiddenFrom="sm" inherit>
          {roleWords[role].label},{' '}
        </Text>
        begins with {prefix}
        {revokedAt !== null && (
          <>
            , ends <When at={revokedAt} />
          </>
        )}
      </Text>
    </>
  );
}
