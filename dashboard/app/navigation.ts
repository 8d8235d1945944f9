import {
  IconAlertTriangle,
  IconArrowsSplit2,
  IconBuildingWarehouse,
  IconChartBar,
  IconHeartbeat,
  IconListDetails,
  IconMail,
  IconPackages,
  IconSettings,
  IconTruckDelivery,
  IconWebhook,
} from '@tabler/icons-react';
import type { Schemas } from '../client/client';

type Role = Schemas['Me']['role'];

const staff: readonly Role[] = ['admin', 'clerk', 'viewer'];
const admins: readonly Role[] = ['admin'];

interface Place {
  /** A path of `app/router.tsx`. */
  readonly to: string;
  readonly label: string;
  readonly icon: typeof IconPackages;
  readonly roles?: readonly Role[];
  /** The key that leads there after `g`. */
  readonly key: string;
}

/** The pages of the navigation, in its order; `roles`: whom the API answers there, everybody unless said. */
const navigation: readonly Place[] = [
  { key: 'o', to: '/orders', label: 'Orders', icon: IconPackages },
  { key: 't', to: '/tasks', label: 'Needs attention', icon: IconAlertTriangle, roles: staff },
  { key: 'b', to: '/batches', label: 'Batches', icon: IconListDetails, roles: staff },
  { key: 's', to: '/stock', label: 'Stock', icon: IconBuildingWarehouse, roles: staff },
  { key: 'm', to: '/messages', label: 'Messages', icon: IconMail, roles: staff },
  { key: 'p', to: '/partners', label: 'Partners', icon: IconTruckDelivery, roles: staff },
  { key: 'w', to: '/webhooks', label: 'Webhooks', icon: IconWebhook, roles: admins },
  { key: 'a', to: '/statistics', label: 'Statistics', icon: IconChartBar, roles: staff },
  { key: 'h', to: '/shop', label: 'Shop', icon: IconArrowsSplit2, roles: staff },
  { key: 'e', to: '/settings', label: 'Settings', icon: IconSettings },
  { key: 'y', to: '/system', label: 'System', icon: IconHeartbeat, roles: staff },
];

/** The pages that are for a role; none while it is not known. */
export function placesFor(role: Role | undefined): readonly Place[] {
  if (role === undefined) return [];
  return navigation.filter(({ roles }) => !roles || roles.includes(role));
}
