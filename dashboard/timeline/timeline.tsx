/** Everything that happened to an order, the newest first; `at` is the event it is shown as of. */
export function Timeline({
  number,
}: {
  readonly number: string;
  readonly at?: number;
  readonly onTravel: (seq: number | undefined) => void;
}) {
  return <span>{number}</span>;
}
