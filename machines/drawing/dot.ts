import { tableName } from '../renewing/words';
import type { Shop, Tone } from '../table';
import { duties, movesByItself, rulesOf } from './words';

/** Fill and edge of each tone; they read on a light and on a dark page. */
const tones: Record<Tone, readonly [fill: string, line: string]> = {
  neutral: ['#e5e7eb', '#6b7280'],
  info: ['#dbeafe', '#2563eb'],
  success: ['#dcfce7', '#16a34a'],
  warning: ['#fef3c7', '#d97706'],
  danger: ['#fee2e2', '#dc2626'],
};

const quoted = (text: string) => JSON.stringify(text);
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A box with a name and smaller lines under it. */
function box(id: string, name: string, lines: readonly string[], tone: Tone = 'neutral'): string {
  const [fill, line] = tones[tone];
  const small = lines.map((each) => `<br/><font point-size="10">${escaped(each)}</font>`);
  return `${quoted(id)} [label=<<b>${escaped(name)}</b>${small.join('')}>, fillcolor="${fill}", color="${line}"]`;
}

function edge(from: string, to: string, style: string): string {
  return `${quoted(from)} -> ${quoted(to)} [${style}]`;
}

function cluster(id: string, label: string, lines: readonly string[]): string[] {
  const head = [`subgraph cluster_${id} {`, `label=${quoted(label)}`];
  return [...head, ...lines.map((line) => `  ${line}`), '}'];
}

const ids = {
  order: (status: string) => `order ${status}`,
  line: (status: string) => `line ${status}`,
  event: (type: string) => `event ${type}`,
};

function orderNodes({ orders }: Shop): string[] {
  return Object.entries(orders.statuses).flatMap(([status, rule]) => {
    const name = status === orders.initial ? `▶ ${status}` : status;
    const moves = movesByItself(rule);
    const style = (to: string) => {
      const when = moves.filter((move) => move.to === to).map((move) => `when ${move.when}`);
      return when.length === 0 ? '' : `label=${quoted(when.join('\n'))}, penwidth=2`;
    };
    return [
      box(ids.order(status), name, duties(rule), rule.tone),
      ...rule.next.map((to) => edge(ids.order(status), ids.order(to), style(to))),
    ];
  });
}

function lineNodes({ lines }: Shop): string[] {
  return Object.entries(lines.statuses).flatMap(([status, { next, tone }]) => [
    box(ids.line(status), status === lines.initial ? `▶ ${status}` : status, [], tone),
    ...next.map((to) => edge(ids.line(status), ids.line(to), '')),
  ]);
}

function eventNodes({ shippingEvents }: Shop): string[] {
  return Object.entries(shippingEvents).flatMap(([type, rule]) => [
    box(ids.event(type), type, rulesOf(rule)),
    ...(rule.after ?? []).map((first) => edge(ids.event(first), ids.event(type), 'label="then"')),
  ]);
}

/** From an order status to the line status that it moves lines to, and from an event likewise. */
function crossings({ orders, shippingEvents }: Shop): string[] {
  const cascade = Object.entries(orders.statuses).flatMap(([status, { lines }]) =>
    lines === undefined
      ? []
      : [
          edge(
            ids.order(status),
            ids.line(lines),
            'style=dashed, constraint=false, color="#6b7280"',
          ),
        ],
  );
  const events = Object.entries(shippingEvents).flatMap(([type, { lineStatus }]) =>
    lineStatus === undefined
      ? []
      : [
          edge(
            ids.event(type),
            ids.line(lineStatus),
            'style=dotted, constraint=false, color="#6b7280"',
          ),
        ],
  );
  return [...cascade, ...events];
}

/** A shop's pipelines, cascade, automatic moves and shipping events as a graph in the DOT language. */
export function drawnAsDot(shop: Shop): string {
  return [
    'digraph shop {',
    `graph [label=${quoted(`${tableName(shop)}. Thick: by itself. Dashed: the cascade. Dotted: a whole line passed the event.`)}, labelloc=t, fontname="Helvetica", fontsize=12, rankdir=LR, bgcolor="white"]`,
    'node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=12]',
    'edge [fontname="Helvetica", fontsize=10]',
    ...cluster('orders', 'Order statuses', orderNodes(shop)),
    ...cluster('lines', 'Line statuses', lineNodes(shop)),
    ...cluster('events', 'Shipping events', eventNodes(shop)),
    ...crossings(shop),
    '}',
  ].join('\n');
}
