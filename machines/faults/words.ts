import { isNumberPrefix } from '../deciding/limits';
import type { Shop } from '../table';

export function messageFaults({ orders, shippingEvents, messages }: Shop): string[] {
  const obligations = [
    ...Object.values(orders.statuses).flatMap(({ enter = [] }) => enter),
    ...Object.values(shippingEvents).flatMap(({ obliges = [] }) => obliges),
  ];
  const sent = obligations.flatMap((each) => (typeof each === 'object' ? [each.send] : []));
  const unknown = [...new Set(sent)].filter((kind) => !messages.includes(kind));
  return unknown.map((kind) => `The message ${kind} is sent but not defined.`);
}

export function numberFaults({ numbers: { prefix } }: Shop): string[] {
  if (isNumberPrefix(prefix)) return [];
  return [
    `The number prefix "${prefix}" must be of at most 48 visible ASCII characters without "/" and "\\".`,
  ];
}
