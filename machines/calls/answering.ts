import { refusalOf } from '../deciding/asking';
import { alert, change, type Draft } from '../deciding/draft';
import { meet } from '../deciding/obligations';
import type { EffectReport, OrderEvent, Stamp } from '../events';
import type { Refusal } from '../refusals';
import type { OrderContext } from '../state';
import type { Aftermath, Shop } from '../table';

type Answered = EffectReport & Stamp;

function aftermathOf(shop: Shop, { type, name }: EffectReport) {
  const rule = shop.effects?.[name];
  const given = type === 'effect.done' ? rule?.whenDone : (rule?.whenFailed ?? 'attention');
  return given === 'attention' ? undefined : given;
}

/** Where an answer takes the order, and why it cannot; undefined when it takes it nowhere. */
export function leadsTo(
  shop: Shop,
  context: OrderContext,
  status: string,
  event: OrderEvent,
): { readonly to: string; readonly refusal?: Refusal } | undefined {
  if (event.type !== 'effect.done' && event.type !== 'effect.failed') return undefined;
  const to = aftermathOf(shop, event)?.become;
  if (to === undefined || to === status) return undefined;
  const { id, at, actor } = event;
  const move: OrderEvent = { type: 'set-status', status: to, id, at, actor };
  return { to, refusal: refusalOf({ shop, status, context, event: move }) };
}

/** Takes the answer of one of the shop's own effects: what it was, and what the table says follows. */
export function recordEffectAnswer(draft: Draft, event: Answered, status: string): void {
  const { shop, context } = draft;
  const { call, name } = event;
  const leads = leadsTo(shop, context, status, event);
  change(draft, { calls: context.calls.filter(({ id }) => id !== call) });
  if (event.type === 'effect.done') {
    draft.facts.push({ type: 'effect-done', call, name, answer: event.answer });
  } else {
    draft.facts.push({ type: 'effect-failed', call, name, why: event.why });
  }
  const aftermath: Aftermath<string, string, string> | undefined = aftermathOf(shop, event);
  if (event.type === 'effect.failed' && !aftermath) {
    alert(draft, 'effect-failed', `${name} failed and is not tried again: ${event.why}`);
  }
  const reason = `${name} was ${event.type === 'effect.done' ? 'done' : 'given up'}.`;
  for (const obligation of aftermath?.obliges ?? []) {
    meet(draft, obligation, reason, { type: 'effect', name, call });
  }
  if (!leads?.refusal) return;
  const text = `${reason} The order would become ${leads.to} by that, but: ${leads.refusal.detail}`;
  alert(draft, 'effect-move-refused', text);
}
