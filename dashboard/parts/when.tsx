import { Text, Tooltip, type TextProps } from '@mantine/core';
import { useEffect, useState } from 'react';
import { ago, dateTime, exactTime, shortDate } from './format';

const TICK_MS = 30_000;

const said = { ago, date: dateTime, short: shortDate };

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** A moment: how long ago it was (or as a date), and exactly when for whoever points at it. */
export function When({
  at,
  as = 'ago',
  ...rest
}: TextProps & { readonly at: string; readonly as?: 'ago' | 'date' | 'short' }) {
  const now = useNow();
  return (
    <Tooltip label={exactTime(at)}>
      <Text span inherit {...rest}>
        <time dateTime={at}>{said[as](at, now)}</time>
      </Text>
    </Tooltip>
  );
}
