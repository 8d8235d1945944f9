import { countOrders } from '../../db/finding/count';
import {
  changeView,
  listViews,
  removeView,
  saveView,
  type SavedView,
  type Search,
} from '../../db/views/views';
import { reasons } from '../../machines/tasks/reasons';
import { filterFor } from '../finding/asking';
import { orderFilter, paymentStatuses } from '../finding/filter';
import { wordsOf } from '../finding/words';
import { answer, type Answer } from '../http/answers';
import { call, type Call, type Caller } from '../http/call';
import { problem } from '../problems';
import type { Services } from '../services';
import { builtInViews } from './built-in';
import { view, viewParams, views, viewTerms } from './schemas';

const tag = 'Views';
const staff = ['clerk', 'viewer'] as const;
const readers = [...staff, 'partner'] as const;

/** Counting further costs more than the figure is worth. */
const MOST_COUNTED = 1_000;
/** What a partner may be shown a list of. */
const PARTNERS = ['all', 'on-hold'];

const isFilter = ([name]: readonly [string, unknown]) => name !== 'sort';

/** How many orders a view has for this caller; null where it asks for what there is no more. */
async function counted(services: Services, caller: Caller, search: Search): Promise<number | null> {
  const read = orderFilter.safeParse(Object.fromEntries(Object.entries(search).filter(isFilter)));
  if (!read.success) return null;
  const allowed = await filterFor(services, caller, read.data);
  return 'no' in allowed ? null : countOrders(services.db, allowed.filter, MOST_COUNTED);
}

function shownSaved({ id, name, owner, shared, search }: SavedView, caller: Caller) {
  return { id, name, builtIn: false, shared, mine: owner === caller.id, search };
}

/** Named filters of the list of orders: those of every shop, and those that people saved. */
export function viewCalls(services: Services): Call[] {
  const { db, shop } = services;
  return [
    call({
      operationId: 'listViews',
      method: 'get',
      path: '/v1/views',
      tag,
      summary: 'Named filters of the list of orders, with how many orders each has',
      roles: readers,
      answers: { 200: { description: 'Those of every shop, then saved ones.', schema: views } },
      async handle({ caller }) {
        const isPartner = caller.role === 'partner';
        const builtIn = builtInViews(shop).filter(({ id }) => !isPartner || PARTNERS.includes(id));
        const saved = isPartner ? [] : await listViews(db, caller.id);
        const shown = [
          ...builtIn.map((each) => ({ ...each, builtIn: true, shared: true, mine: false })),
          ...saved.map((each) => shownSaved(each, caller)),
        ];
        const counts = await Promise.all(
          shown.map(({ search }) => counted(services, caller, search)),
        );
        const all = shown.map((each, index) => ({ ...each, count: counts[index] ?? null }));
        const words = await wordsOf(services);
        const attention = Object.keys(reasons);
        return answer(200, {
          views: all,
          words: { ...words, payment: paymentStatuses, attention },
        });
      },
    }),
    call({
      operationId: 'saveView',
      method: 'post',
      path: '/v1/views',
      tag,
      summary: 'Save a filter under a name',
      roles: staff,
      body: viewTerms,
      answers: { 201: { description: 'The view.', schema: view } },
      problems: ['name-taken'],
      async handle({ caller, body }) {
        const saved = await saveView(db, caller.id, body);
        if (!saved) return taken(body.name);
        return answer(201, {
          ...shownSaved(saved, caller),
          count: await counted(services, caller, saved.search),
        });
      },
    }),
    call({
      operationId: 'changeView',
      method: 'put',
      path: '/v1/views/{id}',
      tag,
      summary: 'Change a view of one’s own',
      roles: staff,
      params: viewParams,
      body: viewTerms,
      answers: { 200: { description: 'The view.', schema: view } },
      problems: ['name-taken'],
      async handle({ caller, params: { id }, body }) {
        const changed = await changeView(db, { id, owner: caller.id }, body);
        if (changed === undefined) return noSuchView(id);
        if (changed === 'taken') return taken(body.name);
        return answer(200, {
          ...shownSaved(changed, caller),
          count: await counted(services, caller, changed.search),
        });
      },
    }),
    call({
      operationId: 'removeView',
      method: 'delete',
      path: '/v1/views/{id}',
      tag,
      summary: 'Forget a view of one’s own',
      roles: staff,
      params: viewParams,
      answers: { 204: { description: 'It is gone.' } },
      async handle({ caller, params: { id } }) {
        return (await removeView(db, { id, owner: caller.id })) ? answer(204) : noSuchView(id);
      },
    }),
  ];
}

function noSuchView(id: string): Answer {
  const detail = `You have no view ${id}; only whoever saved a view changes it.`;
  return problem('not-found', { detail, figures: { view: id } });
}

function taken(name: string): Answer {
  const detail = `You have a view named ${name} already: choose another name, or change that one.`;
  return problem('name-taken', { detail, figures: { name } });
}
