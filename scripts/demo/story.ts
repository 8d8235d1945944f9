import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OrderView } from '../../machines/views/order';
import type { TimelineEntry } from '../../machines/views/timeline';
import { drawn, type StockView } from './report';
import { call, type Answer, type System } from './system';

/** A file of `examples/orders/`, or of a shop in `examples/shops/`: an order, what is done to it, and how it must end. */
export interface Story {
  readonly title: string;
  /** Units of each SKU that there must be at the least before it begins. */
  readonly stock: Readonly<Record<string, number>>;
  readonly order: { readonly lines: readonly { readonly sku: string }[] };
  /** The status that the order comes to by itself, where a provider or the shop's own code takes it there. */
  readonly until?: string;
  readonly steps: readonly {
    readonly says: string;
    readonly command: Record<string, unknown>;
    readonly until?: string;
  }[];
  readonly ends:
    | { readonly status: string; readonly payment: string; readonly shipping: string }
    | { readonly problem: string };
}

export function readStory(file: string): Story {
  return JSON.parse(readFileSync(file, 'utf8')) as Story;
}

/** The story did not go as its file says; the message tells where. */
class WentWrong extends Error {
  override readonly name = 'WentWrong';
}

/** How long a story waits for what happens by itself, and how often it looks. */
const [PATIENCE_MS, LOOK_MS] = [20_000, 100];

type Say = (text: string) => void;

async function stockOf(system: System, skus: readonly string[]): Promise<StockView[]> {
  const answers = await Promise.all(skus.map((sku) => call(system, 'GET', `/v1/stock/${sku}`)));
  return answers.map(({ body }) => body as unknown as StockView);
}

/** Fills the shelves up to what the story needs, and takes nothing away from them. */
async function fillShelves(system: System, stock: Story['stock']): Promise<void> {
  for (const [sku, least] of Object.entries(stock)) {
    const { status, body } = await call(system, 'GET', `/v1/stock/${sku}`);
    const { inStock = 0, net = 0 } = status === 200 ? (body as Partial<StockView>) : {};
    if (net >= least) continue;
    await call(system, 'PUT', `/v1/stock/${sku}`, { inStock: inStock + least - net });
  }
}

function expectSuccess(what: string, { status, body }: Answer): void {
  if (status < 300) return;
  throw new WentWrong(`${what}: ${status} ${JSON.stringify(body)}`);
}

/** One story, told on a running system. */
class Telling {
  private seen = 0;

  constructor(
    private readonly system: System,
    private readonly story: Story,
    private readonly say: Say,
  ) {}

  async tell(): Promise<OrderView | undefined> {
    const { system, story } = this;
    this.say(`\n== ${story.title} ==\n`);
    await fillShelves(system, story.stock);
    const placed = await call(system, 'POST', '/v1/orders', story.order);
    if ('problem' in story.ends) return this.endsInProblem(placed, story.ends.problem);
    expectSuccess('Placing', placed);
    const { number } = placed.body as unknown as OrderView;
    await this.wait(number, story.until);
    let order = await this.show(number, `Order ${number} is placed`);
    if (system.temporalUi) {
      this.say(`Its workflow: ${system.temporalUi}/namespaces/default/workflows/order-${number}`);
    }
    for (const { says, command, until } of story.steps) {
      const path = `/v1/orders/${number}/commands`;
      expectSuccess(says, await call(system, 'POST', path, command));
      await this.wait(number, until);
      order = await this.show(number, says);
    }
    const { status, payment, shipping } = story.ends;
    const end = `${order.status}, ${order.payment.status}, ${order.shipping.summary}`;
    if (end === `${status}, ${payment}, ${shipping}`) return order;
    throw new WentWrong(`It ended ${end}; it was to end ${status}, ${payment}, ${shipping}.`);
  }

  private async wait(number: string, status: string | undefined): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const { body } = await call(this.system, 'GET', `/v1/orders/${number}`);
      if (status === undefined || body.status === status) return;
      if (Date.now() > end) {
        throw new WentWrong(
          `Order ${number} is ${String(body.status)}; it was to become ${status}.`,
        );
      }
      await sleep(LOOK_MS);
    }
  }

  private async endsInProblem({ status, body }: Answer, expected: string): Promise<undefined> {
    const { code, detail } = body as { code?: string; detail?: string };
    if (code !== expected) throw new WentWrong(`Expected ${expected}, got ${status} ${code}.`);
    this.say(`Refused with ${status} ${code}: ${detail}`);
    const skus = Object.keys(this.story.stock);
    for (const { sku, allocated, net } of await stockOf(this.system, skus)) {
      this.say(`${sku}: ${allocated} allocated, ${net} net`);
    }
  }

  private async show(number: string, title: string): Promise<OrderView> {
    const { system, story } = this;
    const skus = [...new Set(story.order.lines.map(({ sku }) => sku))];
    const { body } = await call(system, 'GET', `/v1/orders/${number}`);
    const order = body as unknown as OrderView;
    const told = await call(system, 'GET', `/v1/orders/${number}/events?cursor=${this.seen}`);
    expectSuccess('Reading the timeline', told);
    const news = told.body.events as TimelineEntry[];
    this.seen = news.at(-1)?.seq ?? this.seen;
    this.say(`\n-- ${title}\n${drawn({ order, stock: await stockOf(system, skus), news })}`);
    return order;
  }
}

/** Tells a story on a running system and gives the order as it ended; throws WentWrong when it ends otherwise. */
export function tell(system: System, story: Story, say: Say): Promise<OrderView | undefined> {
  return new Telling(system, story, say).tell();
}
