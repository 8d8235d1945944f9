import { Badge, VisuallyHidden, type BadgeProps } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCreditCard,
  IconInfoCircle,
  IconProgress,
  IconTruck,
} from '@tabler/icons-react';
import type { Schemas } from '../client/client';

export type Tone = Schemas['Order']['tone'];

const looks = {
  neutral: { color: 'gray', icon: IconCircleDashed },
  info: { color: 'blue', icon: IconInfoCircle },
  success: { color: 'green', icon: IconCircleCheck },
  warning: { color: 'yellow', icon: IconProgress },
  danger: { color: 'red', icon: IconAlertTriangle },
} as const satisfies Record<Tone, { color: string; icon: typeof IconProgress }>;

/** What stands beside the order's status says by its icon what it is about. */
const subjects = {
  payment: { says: 'Payment', icon: IconCreditCard },
  shipping: { says: 'Shipping', icon: IconTruck },
} as const;

/** A status: its words and an icon, and a colour besides, which is never all that tells it apart. */
export function Pill({
  tone,
  of,
  children,
  ...rest
}: BadgeProps & {
  readonly tone: Tone;
  readonly of?: keyof typeof subjects;
  readonly children: string;
}) {
  const { color, icon } = looks[tone];
  const Icon = of ? subjects[of].icon : icon;
  return (
    <Badge
      {...rest}
      color={color}
      variant="light"
      radius="sm"
      tt="none"
      fw={600}
      title={children}
      leftSection={<Icon size={14} aria-hidden style={{ display: 'block' }} />}
    >
      {of && <VisuallyHidden>{subjects[of].says}: </VisuallyHidden>}
      {children}
    </Badge>
  );
}
