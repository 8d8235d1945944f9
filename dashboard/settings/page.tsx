import { Tabs } from '@mantine/core';
import { IconKey, IconUser, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { meQuery } from '../client/queries';
import { Page } from '../parts/page';
import { Keys } from './keys';
import { Users } from './users';
import { You } from './you';

const route = getRouteApi('/house/settings');

const tabs = [
  { value: 'you', label: 'You', icon: IconUser, panel: You },
  { value: 'users', label: 'Users', icon: IconUsers, panel: Users, isForAdmins: true },
  { value: 'keys', label: 'API keys', icon: IconKey, panel: Keys, isForAdmins: true },
] as const;

/** Oneself; and for admins, who may sign in and which programs may call. */
export function SettingsPage() {
  const { data: me } = useQuery(meQuery);
  const { tab } = route.useSearch();
  const navigate = useNavigate();
  const shown = tabs.filter((each) => !('isForAdmins' in each) || me?.role === 'admin');
  const open = shown.find(({ value }) => value === tab) ?? shown[0];
  return (
    <Page title="Settings">
      <Tabs
        value={open?.value ?? null}
        onChange={(value) =>
          void navigate({ to: '/settings', search: value ? { tab: value } : {}, replace: true })
        }
        keepMounted={false}
      >
        <Tabs.List mb="lg">
          {shown.map(({ value, label, icon: Icon }) => (
            <Tabs.Tab key={value} value={value} leftSection={<Icon size={16} aria-hidden />}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {shown.map(({ value, panel: Panel }) => (
          <Tabs.Panel key={value} value={value}>
            <Panel />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}
