import { Alert } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useIsLive } from '../client/live';

/** A stream that is opened again at once is not worth a word. */
const PATIENCE_MS = 3_000;

/** Says that what is shown may be old, while no events come. */
export function StaleBanner() {
  const isLive = useIsLive();
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(!isLive), isLive ? 0 : PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isLive]);
  return (
    <div role="status">
      {isLong && (
        <Alert
          color="orange"
          mb="md"
          icon={<IconPlugConnectedX size={18} aria-hidden />}
          title="Not connected"
        >
          What you see may be old. It comes up to date by itself when the server answers again.
        </Alert>
      )}
    </div>
  );
}
