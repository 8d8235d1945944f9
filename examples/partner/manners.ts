import { z } from 'zod';

const ms = z.int().min(0).max(3_600_000);

/** How an order is worked on, and how cruelly the shop is told of it. */
const mannersSchema = z.strictObject({
  /** `declines` says no in a message, `refuses` answers the letter with 409. */
  answer: z.enum(['accepts', 'declines', 'refuses']),
  /** Does and says nothing until the shop sends a reminder. */
  silent: z.boolean(),
  /** Loses the order, and no reminder helps. */
  deaf: z.boolean(),
  /** From the letter to the answer, and to each parcel from what came before it. */
  paceMs: ms,
  parcels: z.int().min(1).max(20),
  /** Units that turn out to be sold out, and are cancelled. */
  soldOut: z.int().min(0),
  /** Units that the customer sends back. */
  returned: z.int().min(0),
  /** How long the shop's letter hangs before it is answered. */
  slowMs: ms,
  /** How many times each message is sent, all at once. */
  times: z.int().min(1).max(20),
  /** Says everything at the end, and the last first. */
  reversed: z.boolean(),
  /** Signs the first attempt at each message with a secret that is not the shop's. */
  wrongSignature: z.boolean(),
});

export type Manners = z.infer<typeof mannersSchema>;

/** `POST /cruelty`: for one order, or for all that come; and for how long nothing answers. */
export const crueltySchema = mannersSchema
  .partial()
  .extend({ order: z.string().min(1).optional(), downMs: ms.optional() });

export type Cruelty = z.infer<typeof crueltySchema>;

/** A good partner's. */
const goodManners: Manners = {
  answer: 'accepts',
  silent: false,
  deaf: false,
  paceMs: 200,
  parcels: 1,
  soldOut: 0,
  returned: 0,
  slowMs: 0,
  times: 1,
  reversed: false,
  wrongSignature: false,
};

export interface MannersBook {
  /** What is said of an order counts for it before what is said of all. */
  of(order: string): Manners;
  set(cruelty: Cruelty): void;
  isDown(): boolean;
}

/** Good manners but for `standing`, until they are set otherwise. */
export function createManners(standing: Partial<Manners> = {}): MannersBook {
  const ofOrders = new Map<string, Partial<Manners>>();
  let usual: Manners = { ...goodManners, ...standing };
  let downUntil = 0;
  return {
    of: (order) => ({ ...usual, ...ofOrders.get(order) }),
    isDown: () => Date.now() < downUntil,
    set({ order, downMs, ...manners }) {
      if (downMs !== undefined) downUntil = Date.now() + downMs;
      if (order === undefined) usual = { ...usual, ...manners };
      else ofOrders.set(order, { ...ofOrders.get(order), ...manners });
    },
  };
}
