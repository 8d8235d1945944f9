/** A slider through the events of an order; undefined is now. */
export function TimeTravel({
  number,
}: {
  readonly number: string;
  readonly at?: number;
  readonly onTravel: (seq: number | undefined) => void;
}) {
  return <span>{number}</span>;
}
