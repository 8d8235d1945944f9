import { Badge, NavLink } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { meQuery } from '../client/queries';
import { useTaskCount } from '../tasks/count';
import { placesFor } from './navigation';
import { useShortcuts } from './shortcuts';

/** The navigation: the pages of the role that is signed in, also by `g` and a letter. */
export function Places({ path }: { readonly path: string }) {
  const { data: me } = useQuery(meQuery);
  const navigate = useNavigate();
  const places = useMemo(() => placesFor(me?.role), [me?.role]);
  useShortcuts(
    useMemo(
      () =>
        places.map(({ key, to, label }) => ({
          keys: `g ${key}`,
          says: `Go to: ${label}`,
          isEverywhere: true,
          run: () => void navigate({ to }),
        })),
      [places, navigate],
    ),
  );
  return places.map(({ to, label, icon: Icon }) => (
    <NavLink
      key={to}
      component={Link}
      to={to}
      label={label}
      noWrap
      leftSection={<Icon size={18} aria-hidden />}
      rightSection={to === '/tasks' && <OpenTasks />}
      active={path === to || path.startsWith(`${to}/`)}
      aria-current={path === to ? 'page' : undefined}
      mih={44}
    />
  ));
}

function OpenTasks() {
  const open = useTaskCount();
  if (!open) return null;
  return (
    <Badge color="red" size="sm" aria-label={`${open} open`}>
      {open}
    </Badge>
  );
}
