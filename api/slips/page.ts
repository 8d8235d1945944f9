import type { Address } from '../../machines/events';
import type { PackingSlip, PickedSku, PickingSlip, SlipLine } from '../../machines/views/slips';
import { barCode } from './bar-code';

/** No size is named, so that A4 and Letter are both filled; the margins are those that every printer can keep. */
const STYLE = `@page { margin: 12mm; }
body { font: 11pt/1.4 system-ui, sans-serif; margin: 0 auto; max-width: 180mm; padding: 1rem; color: #000; background: #fff; }
section { break-after: page; margin-bottom: 3rem; }
section:last-of-type { break-after: auto; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; justify-content: space-between; align-items: flex-start; }
h1 { font-size: 1.6rem; margin: 0; overflow-wrap: anywhere; }
.code { height: 14mm; max-width: 100%; }
table { border-collapse: collapse; width: 100%; margin-top: 1rem; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { text-align: start; padding: .35rem .5rem; border-bottom: 1px solid #999; vertical-align: top; overflow-wrap: anywhere; }
td.units, th.units { text-align: end; white-space: nowrap; }
td.done { width: 1.2rem; } td.done::before { content: '\\2610'; }
.hold { border: 2px solid; padding: .5rem; font-weight: bold; }
address { font-style: normal; white-space: pre-line; margin-top: .5rem; }
#print { font: inherit; padding: .5rem 1.25rem; margin-bottom: 1rem; cursor: pointer; }
@media print { body { max-width: none; padding: 0; } section { margin: 0; } #print { display: none; } }`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML shows it, whatever a customer wrote. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

function page(title: string, sections: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<button id="print" type="button" hidden>Print</button>
${sections.map((section) => `<section>\n${section}\n</section>`).join('\n')}
<script src="/slips/print.js"></script>
</body>
</html>
`;
}

function addressed(address: Address | undefined): string {
  const { name, lines = [], city, region, postcode, country } = address ?? {};
  const town = [postcode, city].filter(Boolean).join(' ');
  const rows = [name, ...lines, town, region, country].filter((row) => row);
  return `<address dir="auto">${escaped(rows.join('\n'))}</address>`;
}

function row({ sku, upc, title, partner, notes, quantity, from = [] }: SlipLine): string {
  const shelves = from.map(({ location, quantity: units }) => `${location}: ${units}`).join(', ');
  const about = [upc && `UPC ${upc}`, partner, notes, shelves].filter((each) => each).join(' · ');
  const small = about === '' ? '' : `<br><small dir="auto">${escaped(about)}</small>`;
  return `<tr><td class="done"></td><td class="units">${quantity} ×</td><td>${escaped(sku)}</td><td dir="auto">${escaped(title)}${small}</td></tr>`;
}

function table(rows: readonly string[]): string {
  if (rows.length === 0) return '<p>Nothing is left to ship.</p>';
  const head = '<th></th><th class="units">Units</th><th>SKU</th><th>Title</th>';
  return `<table><thead><tr>${head}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table>`;
}

function heading(title: string, number: string): string {
  return `<header><h1>${escaped(title)}</h1>${barCode(number)}</header>`;
}

const day = (time: string) => time.slice(0, 10);

function pickingSection({ number, placedAt, shippingMethod, hold, ...slip }: PickingSlip): string {
  const held = hold === undefined ? '' : `<p class="hold">On hold: ${escaped(hold)}</p>`;
  const how = shippingMethod === undefined ? '' : ` · ${escaped(shippingMethod)}`;
  return `${heading(`Pick ${number}`, number)}
<p>Placed ${day(placedAt)}${how}</p>
${held}${addressed(slip.shippingAddress)}
${table(slip.lines.map(row))}`;
}

function roundSection(round: readonly PickedSku[]): string {
  const rows = round.map(({ sku, title, location, quantity, orders }) => {
    const whose = orders.map((each) => `${each.number}: ${each.quantity}`).join(', ');
    return row({ id: '', sku, title, quantity, partner: location, notes: whose });
  });
  return `<h1>All of it, by location and SKU</h1>\n${table(rows)}`;
}

/** Picking slips to print: the walk along the shelves first when there are several, then one sheet an order. */
export function pickingPage(slips: readonly PickingSlip[], round: readonly PickedSku[]): string {
  const first = slips.length > 1 ? [roundSection(round)] : [];
  return page('Picking slips', [...first, ...slips.map(pickingSection)]);
}

/** What goes into the parcel; no prices, since it may be a gift. */
export function packingPage({ number, at, reference, tracking, ...slip }: PackingSlip): string {
  const carried = [tracking?.carrier, tracking?.number, reference].filter((each) => each);
  return page(`Packing slip ${number}`, [
    `${heading(`Order ${number}`, number)}
<p>Sent ${day(at)}${carried.length > 0 ? ` · ${escaped(carried.join(' · '))}` : ''}</p>
${addressed(slip.shippingAddress)}
${table(slip.lines.map(row))}`,
  ]);
}
