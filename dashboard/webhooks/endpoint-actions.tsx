import { ActionIcon, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import {
  IconDots,
  IconEdit,
  IconKey,
  IconPlayerPause,
  IconPlayerPlay,
  IconReload,
  IconSend,
  IconTrash,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf } from '../client/client';
import { RotateDialog } from '../deliveries/rotate';
import { SecretDialog, type NewSecret } from '../deliveries/secret';
import { newIntent } from '../client/intent';
import { MayButton } from '../parts/may';
import { EndpointDrawer } from './endpoint-drawer';
import { webhooksKey, type Endpoint } from './queries';
import { RedeliverDialog } from './redeliver';
import { RemoveDialog } from './remove';

/** What can be done with an endpoint now. */
export function EndpointActions({ endpoint }: { readonly endpoint: Endpoint }) {
  const { id, url } = endpoint;
  const can = (action: Endpoint['allowed'][number]) => endpoint.allowed.includes(action);
  const queries = useQueryClient();
  const [isChanging, changing] = useDisclosure();
  const [isRotating, rotating] = useDisclosure();
  const [isRepeating, repeating] = useDisclosure();
  const [isRemoving, removing] = useDisclosure();
  const [secret, setSecret] = useState<NewSecret>();
  const refresh = () => queries.invalidateQueries({ queryKey: webhooksKey });
  const acting = useMutation({
    mutationFn: async (action: 'pause' | 'resume' | 'test') => {
      const params = { path: { id }, header: newIntent() };
      if (action === 'test') return void (await api.POST('/v1/webhooks/{id}/test', { params }));
      if (action === 'resume') return void (await api.POST('/v1/webhooks/{id}/resume', { params }));
      await api.POST('/v1/webhooks/{id}/pause', { params, body: {} as never });
    },
    onError: (error) =>
      notifications.show({ color: 'red', title: 'Not done', message: error.message }),
    onSuccess: (_, action) => notifications.show({ message: said[action] }),
    onSettled: refresh,
  });

  return (
    <>
      {can('test') && (
        <MayButton
          needs="testWebhook"
          loading={acting.isPending}
          onClick={() => acting.mutate('test')}
          leftSection={<IconSend size={16} aria-hidden />}
        >
          Send a test
        </MayButton>
      )}
      {can('pause') && (
        <MayButton
          needs="pauseWebhook"
          variant="default"
          loading={acting.isPending}
          onClick={() => acting.mutate('pause')}
          leftSection={<IconPlayerPause size={16} aria-hidden />}
        >
          Pause
        </MayButton>
      )}
      {can('resume') && (
        <MayButton
          needs="resumeWebhook"
          loading={acting.isPending}
          onClick={() => acting.mutate('resume')}
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
        >
          Resume
        </MayButton>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label="More">
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconEdit size={16} aria-hidden />} onClick={changing.open}>
            Change
          </Menu.Item>
          <Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={rotating.open}>
            Make a new secret
          </Menu.Item>
          <Menu.Item
            leftSection={<IconReload size={16} aria-hidden />}
            onClick={repeating.open}
            disabled={!can('redeliver')}
          >
            Send a range again
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={removing.open}
          >
            Remove
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <EndpointDrawer opened={isChanging} onClose={changing.close} endpoint={endpoint} />
      <RotateDialog
        opened={isRotating}
        onClose={rotating.close}
        rotate={async (overlapHours, header) => {
          const sent = { params: { path: { id }, header }, body: { overlapHours } };
          const made = dataOf(await api.POST('/v1/webhooks/{id}/secret', sent));
          setSecret({ secret: made.secret, of: url });
          void refresh();
        }}
      />
      <SecretDialog shown={secret} onClose={() => setSecret(undefined)} />
      {isRepeating && <RedeliverDialog id={id} onClose={repeating.close} />}
      {isRemoving && <RemoveDialog endpoint={endpoint} onClose={removing.close} />}
    </>
  );
}

const said = {
  test: 'A test is on its way. What comes of it is among the deliveries.',
  pause: 'It is sent nothing until you resume it. Nothing is lost.',
  resume: 'It is told again.',
} as const;
