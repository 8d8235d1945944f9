import { createHash } from 'node:crypto';
import type { PlacedLine, Placement } from '../machines/events';
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

/** Tells a request from any other one: a hash of its JSON as it was sent, whatever the order of its fields. */
export function fingerprintOf(json: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(json)))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields.map(([name, inner]) => [name, sorted(inner)]));
}
