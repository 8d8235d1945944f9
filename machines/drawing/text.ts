import { tableName } from '../renewing/words';
import type { Patience } from '../partners/rule';
import { listed } from '../refusals';
import type { Shop } from '../table';
import { writtenDuration } from '../time';
import { duties, movesByItself, rulesOf } from './words';

function heading(text: string): string[] {
  return ['', text, '-'.repeat(text.length)];
}

/** `next` of each status, its column as wide as the longest name. */
function arrows(statuses: Shop['lines']['statuses'], more: (name: string) => readonly string[]) {
  const width = Math.max(...Object.keys(statuses).map(({ length }) => length));
  return Object.entries(statuses).flatMap(([name, { next }]) => [
    `  ${name.padEnd(width)}  ${next.length > 0 ? `→ ${next.join(' | ')}` : '■ the end'}`,
    ...more(name).map((line) => `  ${' '.repeat(width)}    ${line}`),
  ]);
}

/** What waits so that it can be undone, and what becomes of authorisations that end. */
function clocks({ undo = {}, authorisations }: Shop): string[] {
  const waits = Object.entries(undo).map(([type, window]) => `${type} ${writtenDuration(window)}`);
  const ahead = authorisations && writtenDuration(authorisations.renewBefore);
  return [
    ...(waits.length > 0 ? [`So that it can be undone, it waits: ${listed(waits)}.`] : []),
    ahead === undefined
      ? 'An authorisation that ends is not made again.'
      : `An authorisation that is still needed is made again ${ahead} before it ends.`,
  ];
}

function saysPatience({ remind, escalate, giveUp }: Patience): string {
  const steps = [
    ...(remind ? [`reminded after ${writtenDuration(remind)}`] : []),
    `people look after ${writtenDuration(escalate)}`,
    ...(giveUp ? [`given up after ${writtenDuration(giveUp)}`] : []),
  ];
  return listed(steps);
}

/** How long partners may take, and what follows. */
function partnersIn({ partners }: Shop): string[] {
  if (!partners) return [];
  const { accept, ship, whenDeclined = 'people', whenSilent = 'hold', routes = {} } = partners;
  return [
    ...heading('Fulfilment partners'),
    `  to answer: ${saysPatience(accept)}`,
    `  to send: ${saysPatience(ship)}`,
    `  when one declines: ${whenDeclined}; when one is silent: ${whenSilent}`,
    ...Object.entries(routes).map(([from, to]) => `  instead of ${from}: ${to.join(', then ')}`),
  ];
}

/** A shop's pipelines and rules as lines of text, for a terminal. */
export function drawnAsText(shop: Shop): string[] {
  const { orders, lines, shippingEvents, paymentEvents, holdBlocks } = shop;
  const byItself = (status: string) => {
    const rule = orders.statuses[status];
    if (!rule) return [];
    const moves = movesByItself(rule).map(({ to, when }) => `by itself → ${to} when ${when}`);
    return [...moves, ...duties(rule)];
  };
  return [
    tableName(shop),
    ...heading(`Order statuses, from ${orders.initial}`),
    ...arrows(orders.statuses, byItself),
    ...heading(`Line statuses, from ${lines.initial}`),
    ...arrows(lines.statuses, () => []),
    ...heading('Shipping events'),
    ...Object.entries(shippingEvents).flatMap(([type, rule]) => [
      `  ${type}`,
      ...rulesOf(rule).map((line) => `    ${line}`),
    ]),
    ...heading('Payment events'),
    ...Object.entries(paymentEvents).map(([type, { means }]) => `  ${type}: ${means}`),
    ...partnersIn(shop),
    '',
    `A hold blocks ${listed(holdBlocks)}.`,
    ...clocks(shop),
  ];
}
