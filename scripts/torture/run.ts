import type { Knex } from 'knex';
import { gather, type Difference, type Evidence } from '../judge/evidence';
import { judge } from '../judge/judge';
import { ON_EACH_SHELF } from '../judge/stock';
import type { Life, Lived } from '../lives/life';
import { livesOf } from '../lives/lives';
import { skus } from '../lives/placements';
import { call } from '../demo/system';
import { pause } from '../stack/pause';
import { databaseOf } from './database';
import { digestOf } from './digest';
import { killSchedule } from './kills';
import { liveAll, type Sent } from './living';
import { reconcile } from './reconciling';
import { countsOf, type Report } from './report';
import { startEverything, untilReady, type Everything } from './running';
import { storm, type Kills } from './storm';

export interface Wanted {
  readonly seed: number;
  readonly orders: number;
  /** Orders that are lived at once. */
  readonly atOnce: number;
  /** Between two kills, on the average, in ms. */
  readonly pauseMs: number;
  readonly dataDir: string;
  readonly say: (line: string) => void;
}

/** How long one command may take in the storm and after it, and how long the world may take to come to rest. */
const COMMAND_WITHIN_MS = 300_000;
const REST_WITHIN_MS = 180_000;
const LOOK_EVERY_MS = 2_000;
const NEWS_EVERY_MS = 5_000;
/** The storm ends in any case: so long, and so much longer for each order. */
const [STORM_MS, STORM_MS_PER_ORDER] = [20_000, 1_500];

async function fillShelves({ system }: Everything): Promise<void> {
  for (const sku of skus) {
    const { status } = await call(system, 'PUT', `/v1/stock/${sku}`, { inStock: ON_EACH_SHELF });
    if (status >= 300) throw new Error(`The shelf of ${sku} could not be filled: ${status}.`);
  }
}

interface Stormy {
  readonly lived: readonly Lived[];
  readonly kills: Kills;
  readonly sent: Sent;
}

/** Lives all lives while parts are killed; the storm ends with the last of them, or when its time is over. */
async function liveInStorm(
  everything: Everything,
  lives: readonly Life[],
  schedule: ReturnType<typeof killSchedule>,
  { atOnce, say }: Wanted,
): Promise<Stormy> {
  const calm = new AbortController();
  const over = setTimeout(() => calm.abort(), STORM_MS + STORM_MS_PER_ORDER * lives.length);
  const sent: Sent = { commands: 0, repeated: 0 };
  let count = 0;
  const tell = () =>
    say(`${count} of ${lives.length} orders lived, ${sent.repeated} requests repeated`);
  const telling = setInterval(tell, NEWS_EVERY_MS);
  const storming = storm(everything, schedule, calm.signal);
  try {
    const living = { everything, sent, withinMs: COMMAND_WITHIN_MS };
    const news = (lived: number) => void (count = lived);
    const lived = await liveAll(living, lives, { atOnce, news });
    calm.abort();
    return { lived, sent, kills: await storming };
  } finally {
    calm.abort();
    clearTimeout(over);
    clearInterval(telling);
    await storming;
  }
}

/** Judges again and again until nothing differs, or until there was time enough for it. */
async function judgeAtRest(
  everything: Everything,
  knex: Knex,
  lives: readonly Life[],
  lived: readonly Lived[],
  say: Wanted['say'],
): Promise<{ evidence: Evidence; differences: Difference[] }> {
  const numbers = lives.map(({ number }) => number);
  const end = Date.now() + REST_WITHIN_MS;
  for (;;) {
    const evidence = await gather(everything, knex, numbers);
    const judged = judge(lives, lived, evidence);
    // What our own books say of themselves is asked once both sides agree.
    const differences = judged.length > 0 ? judged : await reconcile(everything.dataDir);
    const isLasting = lived.some(({ hangs }) => hangs !== undefined);
    if (differences.length === 0 || isLasting || Date.now() > end) return { evidence, differences };
    say(`not at rest yet: ${differences[0]?.of}: ${differences[0]?.what}`);
    await pause(LOOK_EVERY_MS);
  }
}

/** One torture run on a system of its own, which it starts and ends; its report says what differs. */
export async function torture(wanted: Wanted): Promise<Report> {
  const { seed, orders, pauseMs, dataDir, say } = wanted;
  const lives = livesOf(seed, orders);
  const schedule = killSchedule(seed, 20 + orders * 10, pauseMs);
  const digests = { lives: digestOf(lives), kills: digestOf(schedule) };
  say(`seed ${seed}: lives ${digests.lives}, schedule of kills ${digests.kills}`);
  const startedAt = Date.now();
  const everything = await startEverything(dataDir);
  let knex: Knex | undefined;
  try {
    await fillShelves(everything);
    const { lived, kills, sent } = await liveInStorm(everything, lives, schedule, wanted);
    await untilReady(everything);
    say('calm: judging');
    knex = await databaseOf(everything);
    const { evidence, differences } = await judgeAtRest(everything, knex, lives, lived, say);
    const seconds = (Date.now() - startedAt) / 1_000;
    const counts = countsOf(lives, evidence);
    return { seed, orders, digests, seconds, kills, sent, ...counts, differences };
  } finally {
    await knex?.destroy();
    await everything.stop();
  }
}
