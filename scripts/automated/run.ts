import { join } from 'node:path';
import { pause } from '../stack/pause';
import { reconcile } from '../torture/reconciling';
import { partNames, startEverything, type Everything } from '../torture/running';
import { audit, booksFinding, type Finding } from './audit';
import { drawnLive, ended, summary, type Row } from './drawing';
import { gather } from './evidence';
import { ordersOf, type Planned } from './orders';
import { hastyTerms, makeCruel, startPartners, type Registered } from './partners';
import { fillShelves, placeAll } from './placing';
import { isOver, read, type Shown } from './reading';
import type { Screen } from './screen';

export interface Wanted {
  readonly seed: number;
  readonly orders: number;
  /** Whether each process of ours is killed once, with `kill -9`. */
  readonly kill: boolean;
  readonly dataDir: string;
  readonly screen: Screen;
}

/** What came of a run. */
export interface Outcome {
  readonly rows: readonly Row[];
  readonly findings: readonly Finding[];
}

const SHOP = join(__dirname, '../../examples/shops/dropship/shop.ts');
/** As usual, but for people who look on: what was not delivered is tried again within seconds. */
const DELIVERY_RETRIES = '1s,1s,2s,2s,3s,3s,5s,5s,10s,10s,20s,20s,30s,30s,60s';
const [PLACE_EVERY_MS, LOOK_EVERY_MS] = [300, 1_000];
/** Away for the first half of the run, as if its machine were off. */
const DOWN = { partner: 'oak', ms: 3_600_000 };
/** How long it may take from the last order placed until all are complete, and until nothing moves. */
const [COMPLETE_WITHIN_MS, REST_WITHIN_MS] = [300_000, 60_000];

/** One run: what is known of each order by now, and what is to be shown. */
class Run {
  readonly rows: Row[];
  private readonly startedAt = Date.now();
  private readonly killed = new Set<string>();

  constructor(
    private readonly wanted: Wanted,
    private readonly everything: Everything,
    private readonly partners: readonly Registered[],
    private readonly planned: readonly Planned[],
  ) {
    this.rows = planned.map((each) => ({ planned: each }));
  }

  say(line: string): void {
    const seconds = Math.round((Date.now() - this.startedAt) / 1_000);
    this.wanted.screen.say(`${String(seconds).padStart(5)} s  ${line}`);
  }

  /** Places every order, while the world is as it is, and watches until all are complete or time is over. */
  async live(): Promise<void> {
    const { everything, partners, planned } = this;
    await this.take(DOWN.partner, DOWN.ms);
    let placed = 0;
    const news = () => {
      placed += 1;
      this.killInTurn(placed);
      if (placed === Math.ceil(planned.length / 2)) void this.take(DOWN.partner, 0);
    };
    const shopping = { everything, partners, everyMs: PLACE_EVERY_MS, news };
    let end = Infinity;
    const placing = placeAll(shopping, planned).then(() => {
      end = Date.now() + COMPLETE_WITHIN_MS;
    });
    placing.catch(() => (end = 0));
    while (Date.now() < end) {
      await this.look(placed);
      if (end < Infinity && this.rows.every(({ order }) => order && isOver(order))) break;
      await pause(LOOK_EVERY_MS);
    }
    await placing;
  }

  /** Takes a partner's service away for so long, or gives it back. */
  private async take(code: string, downMs: number): Promise<void> {
    const partner = this.partners.find((each) => each.code === code);
    if (!partner) return;
    await makeCruel(partner, { downMs });
    this.say(downMs > 0 ? `${code} is down: nothing answers there` : `${code} is up again`);
  }

  /** Kills the parts one after another, spread over the placing. */
  private killInTurn(placed: number): void {
    if (!this.wanted.kill) return;
    const due = Math.floor((placed / this.planned.length) * (partNames.length + 1));
    for (const part of partNames.toReversed().slice(0, due)) {
      if (this.killed.has(part)) continue;
      this.killed.add(part);
      this.everything.signal(part, 'SIGKILL');
      this.say(`${part} is killed with kill -9`);
    }
  }

  private async look(placed: number): Promise<void> {
    const { system } = this.everything;
    for (const [index, row] of this.rows.slice(0, placed).entries()) {
      if (row.order && isOver(row.order)) continue;
      const order = await read<Shown>(system, `/v1/orders/${row.planned.number}`);
      this.rows[index] = { ...row, order };
      const hasEnded = isOver(order) && !this.wanted.screen.isLive;
      if (hasEnded) this.say(ended({ ...row, order }));
    }
    const { screen } = this.wanted;
    const fitting = Math.max(3, screen.rows - 8);
    screen.draw(`\n${drawnLive(this.rows, fitting)}\n${summary(this.rows)}`);
  }

  /** Looks again until everything adds up, or there was time enough for it. */
  async judge(): Promise<Finding[]> {
    const { everything, partners, planned } = this;
    const { system } = everything;
    const end = Date.now() + REST_WITHIN_MS;
    for (;;) {
      const orders: Shown[] = [];
      for (const { number } of planned) {
        orders.push(await read<Shown>(system, `/v1/orders/${number}`));
      }
      for (const [index, order] of orders.entries()) {
        this.rows[index] = { planned: planned[index] as Planned, order };
      }
      const findings = audit(planned, await gather(everything, partners, orders));
      const isRight = findings.every(({ faults }) => faults.length === 0);
      if (!isRight && Date.now() < end) {
        await pause(LOOK_EVERY_MS);
        continue;
      }
      return [...findings, booksFinding(await reconcile(everything.dataDir))];
    }
  }
}

/** One automated day of the drop-shipping shop on a system of its own, which it starts and ends. */
export async function runAutomated(wanted: Wanted): Promise<Outcome> {
  const { seed, orders, dataDir, screen } = wanted;
  screen.say('Starting everything that `npm start` starts, with the drop-shipping shop …');
  const everything = await startEverything(dataDir, { SHOP, DELIVERY_RETRIES });
  let partners: Registered[] = [];
  try {
    partners = await startPartners(everything, hastyTerms);
    for (const { code, says, url } of partners) screen.say(`partner ${code}: ${says}; ${url}/book`);
    await fillShelves(everything);
    const run = new Run(wanted, everything, partners, ordersOf(seed, orders));
    await run.live();
    run.say('all placed and nothing left to happen: auditing');
    return { findings: await run.judge(), rows: run.rows };
  } finally {
    await Promise.all(partners.map((partner) => partner.stop()));
    await everything.stop();
  }
}
