import { Badge, type BadgeProps } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconInfoCircle,
  IconProgress,
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

/** A status: its words and an icon, and a colour besides, which is never all that tells it apart. */
export function Pill({
  tone,
  children,
  ...rest
}: BadgeProps & { readonly tone: Tone; readonly children: string }) {
  const { color, icon: Icon } = looks[tone];
  return (
    <Badge
      {...rest}
      color={color}
      variant="light"
      radius="sm"
      tt="none"
      fw={600}
      leftSection={<Icon size={14} aria-hidden style={{ display: 'block' }} />}
    >
      {children}
    </Badge>
  );
}
