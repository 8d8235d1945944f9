import type { PlacedLine, Placement } from '../machines/events';
import type { Refusal } from '../machines/refusals';
import type { PlaceRequest } from './schemas/placing';

/** What a request leaves to the shop. */
export interface PlacementDefaults {
  readonly number: string;
  /** ISO 8601. */
  readonly now: string;
  /** The shop's initial status. */
  readonly status: string;
}

function normalLine(line: PlaceRequest['lines'][number], position: number): PlacedLine {
  const { id = String(position + 1), quantity, unitPrice } = line;
  const { priceBreakdown = [{ quantity, ...unitPrice }] } = line;
  return { ...line, id, priceBreakdown };
}

/** A request with everything in it that it left to the shop. */
export function normalPlacement(
  request: PlaceRequest,
  { number, now, status }: PlacementDefaults,
  fingerprint: string,
): Placement {
  return {
    ...request,
    number,
    placedAt: request.placedAt ?? now,
    status: request.status ?? status,
    lines: request.lines.map(normalLine),
    fingerprint,
  };
}

/** The refusal without the faults of what the request had left to the shop, where it has others to mend. */
export function faultsOfSent(refusal: Refusal, { lines }: PlaceRequest): Refusal {
  const { errors = [], figures } = refusal;
  const sent = errors.filter(({ pointer }) => {
    const [, position] = /^\/lines\/(\d+)\/priceBreakdown/.exec(pointer) ?? [];
    return position === undefined || lines[Number(position)]?.priceBreakdown !== undefined;
  });
  if (sent.length === errors.length || sent.length === 0) return refusal;
  const order = typeof figures.order === 'string' ? `Order ${figures.order}: ` : '';
  return { ...refusal, errors: sent, detail: order + sent.map(({ detail }) => detail).join(' ') };
}
