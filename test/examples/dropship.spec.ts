import { describe, expect, it } from '@jest/globals';
import shop from '../../examples/shops/dropship/shop';
import { faults } from '../../machines/faults';
import type { OrderState } from '../../machines/state';
import { aLine, anOrder, desk, factsOf, figuresOf, type Told } from '../machines/support';

const { act, play, refusal, placed, send } = desk(shop);

const price = { exclTax: 8000, inclTax: 9600 };
const lines = [
  aLine({ id: 'lamp', quantity: 2, unitPrice: price, partner: 'lumen', trackStock: false }),
  aLine({ id: 'chair', quantity: 1, unitPrice: price, partner: 'oak', trackStock: false }),
];
const ordered = () => placed(anOrder({ lines, status: 'Received' }));

/** What a partner says, as its own message or a member of staff on the telephone would. */
const by = (partner: string, told: object) =>
  ({ ...told, actor: { role: 'partner', name: partner } }) as unknown as Told;
const accepts = (partner: string) => by(partner, { type: 'accept-hand-over' });
const declines = (partner: string) =>
  by(partner, { type: 'decline-hand-over', reason: 'Not made any more.' });
const sends = (partner: string, id: string, quantity: number) =>
  by(partner, {
    ...{ type: 'record-shipping-event', event: 'Sent', lines: [{ id, quantity }] },
    tracking: { carrier: 'dhl', number: 'JD1' },
  });
const stages = ({ context }: OrderState) =>
  context.handOvers.map(({ partner, stage }) => `${partner} ${stage}`);
const withPartners = () => play(ordered(), accepts('lumen'), accepts('oak'));

describe("a drop-shipper's shop", () => {
  it('is sound', () => {
    expect(faults(shop)).toEqual([]);
  });

  it('plays a day: each partner is asked for its own lines, accepts, sends, and each parcel is charged', () => {
    const order = ordered();
    expect(stages(order)).toEqual(['lumen asked', 'oak asked']);
    expect(figuresOf(order)).toMatchObject({ authorised: 28800, captured: 0 });

    const one = play(order, accepts('lumen'));
    expect(one.value.status).toBe('Received');
    const both = play(one, accepts('oak'));
    expect(both.value.status).toBe('With partners');
    expect(both.context.lines.map(({ status }) => status)).toEqual([
      'With partner',
      'With partner',
    ]);

    const first = act(both, sends('lumen', 'lamp', 1));
    expect(figuresOf(first.state)).toMatchObject({ captured: 9600 });
    expect(factsOf(first, 'message')).toMatchObject([{ kind: 'parcel-sent' }]);
    const rest = play(first.state, sends('oak', 'chair', 1), sends('lumen', 'lamp', 1));
    expect(rest.value.status).toBe('Delivered');
    expect(stages(rest)).toEqual(['lumen fulfilled', 'oak fulfilled']);
    expect(figuresOf(rest)).toMatchObject({ captured: 28800 });
  });

  it('takes a parcel that comes before its partner has said anything', () => {
    const sent = play(ordered(), sends('lumen', 'lamp', 2), sends('oak', 'chair', 1));
    expect(sent.value.status).toBe('Delivered');
    expect(figuresOf(sent)).toMatchObject({ captured: 28800 });
  });

  it('asks somebody else when a partner says no, and people when nobody is left', () => {
    const rerouted = play(ordered(), declines('oak'));
    expect(stages(rerouted)).toEqual(['lumen asked', 'oak declined', 'lumen asked']);
    const nobody = play(rerouted, declines('lumen'));
    expect(nobody.context.attention.map(({ reason }) => reason)).toContain('partner-declined');
  });

  it('lets the card go and tells every partner when it is dropped', () => {
    const dropped = act(withPartners(), { type: 'set-status', status: 'Dropped' });
    expect(figuresOf(dropped.state)).toMatchObject({ voided: 28800, captured: 0 });
    expect(factsOf(dropped, 'partner-told')).toMatchObject([
      { partner: 'lumen', kind: 'cancellation' },
      { partner: 'oak', kind: 'cancellation' },
    ]);
  });

  it('sends nothing whose money is not held, unless an admin says why', () => {
    const unpaid = placed(anOrder({ lines, status: 'Received', payments: [] }));
    const lamp = sends('lumen', 'lamp', 2);
    expect(refusal(unpaid, lamp).detail).toContain('authorised');
    const override = { reason: 'Paid by cheque, seen today.' };
    const admin = { role: 'admin', name: 'Root' } as const;
    const done = send(unpaid, { ...lamp, override, actor: admin } as Told);
    expect(factsOf(done, 'shipping-event')).toMatchObject([{ event: 'Sent' }]);
  });

  it('drops what is sold out, and the other partner sends on', () => {
    const soldOut = by('oak', { type: 'cancel', lines: [{ id: 'chair' }], reason: 'Sold out.' });
    const done = play(withPartners(), soldOut, sends('lumen', 'lamp', 2));
    expect(done.value.status).toBe('Delivered');
    expect(figuresOf(done)).toMatchObject({ captured: 19200, voided: 9600 });
  });
});
