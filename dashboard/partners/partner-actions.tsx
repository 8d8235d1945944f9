import { ActionIcon, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconDots, IconDownload, IconEdit, IconKey, IconSend } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf } from '../client/client';
import { newIntent } from '../client/intent';
import { MayButton, useMay } from '../parts/may';
import { RotateDialog } from '../deliveries/rotate';
import { SecretDialog, type NewSecret } from '../deliveries/secret';
import { MessageDrawer } from './message-drawer';
import { PartnerDrawer } from './partner-drawer';
import { partnersKey, type Partner, type WholeMessage } from './queries';

/** What can be done with a partner. */
export function PartnerActions({ partner }: { readonly partner: Partner }) {
  const { code, name, feed } = partner;
  const queries = useQueryClient();
  const [isChanging, changing] = useDisclosure();
  const [isRotating, rotating] = useDisclosure();
  const [secret, setSecret] = useState<NewSecret>();
  const [tested, setTested] = useState<WholeMessage>();
  const refresh = () => queries.invalidateQueries({ queryKey: partnersKey });
  const params = { path: { code } };
  const [mayChange, mayRotate] = [useMay('putPartner'), useMay('rotatePartnerSecret')];

  const testing = useMutation({
    mutationFn: async () =>
      dataOf(
        await api.POST('/v1/partners/{code}/test', { params: { ...params, header: newIntent() } }),
      ),
    onSuccess: setTested,
    onError: (error) =>
      notifications.show({ color: 'red', title: 'No test', message: error.message }),
    onSettled: refresh,
  });
  const pickingUp = useMutation({
    mutationFn: () =>
      api.POST('/v1/partners/{code}/pick-ups', { params: { ...params, header: newIntent() } }),
    onSuccess: () => notifications.show({ message: `What ${name} has to say is being fetched.` }),
    onError: (error) =>
      notifications.show({ color: 'red', title: 'Not fetched', message: error.message }),
    onSettled: refresh,
  });

  return (
    <>
      <MayButton
        needs="testPartner"
        loading={testing.isPending}
        onClick={() => testing.mutate()}
        leftSection={<IconSend size={16} aria-hidden />}
      >
        Send a test
      </MayButton>
      {feed && (
        <MayButton
          needs="pickUpMessages"
          variant="default"
          loading={pickingUp.isPending}
          onClick={() => pickingUp.mutate()}
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          Pick up now
        </MayButton>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label="More">
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconEdit size={16} aria-hidden />}
            onClick={changing.open}
            disabled={!mayChange}
          >
            Change
          </Menu.Item>
          <Menu.Item
            leftSection={<IconKey size={16} aria-hidden />}
            onClick={rotating.open}
            disabled={!mayRotate}
          >
            Make a new secret
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <PartnerDrawer opened={isChanging} onClose={changing.close} partner={partner} />
      <RotateDialog
        opened={isRotating}
        onClose={rotating.close}
        rotate={async (overlapHours, header) => {
          const sent = { params: { ...params, header }, body: { overlapHours } };
          const made = dataOf(await api.POST('/v1/partners/{code}/secret', sent));
          setSecret({ secret: made.secret, of: name });
          void refresh();
        }}
      />
      <SecretDialog shown={secret} onClose={() => setSecret(undefined)} />
      <MessageDrawer code={code} message={tested} onClose={() => setTested(undefined)} />
    </>
  );
}
