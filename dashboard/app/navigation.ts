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
}

/** The pages of the navigation, in its order; `roles`: whom the API answers there, everybody unless said. */
export const navigation: readonly Place[] = [
  { to: '/orders', label: 'Orders', icon: IconPackages },
  { to: '/tasks', label: 'Needs attention', icon: IconAlertTriangle, roles: staff },
  { to: '/batches', label: 'Batches', icon: IconListDetails, roles: staff },
  { to: '/stock', label: 'Stock', icon: IconBuildingWarehouse, roles: staff },
  { to: '/messages', label: 'Messages', icon: IconMail, roles: staff },
  { to: '/partners', label: 'Partners', icon: IconTruckDelivery, roles: staff },
  { to: '/webhooks', label: 'Webhooks', icon: IconWebhook, roles: admins },
  { to: '/statistics', label: 'Statistics', icon: IconChartBar, roles: staff },
  { to: '/shop', label: 'Shop', icon: IconArrowsSplit2, roles: staff },
  { to: '/settings', label: 'Settings', icon: IconSettings },
  { to: '/system', label: 'System', icon: IconHeartbeat, roles: staff },
];
