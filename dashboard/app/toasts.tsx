import { Notifications } from '@mantine/notifications';

/** Where short notes appear that go away by themselves: above the buttons that people need next. */
export function Toasts() {
  return <Notifications position="top-center" limit={2} aria-live="polite" />;
}
