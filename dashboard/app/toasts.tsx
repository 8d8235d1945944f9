import { Notifications } from '@mantine/notifications';

/** Where short notes appear that go away by themselves. */
export function Toasts() {
  return <Notifications position="bottom-right" aria-live="polite" />;
}
