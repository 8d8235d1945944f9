import type { Knex } from 'knex';

/** For how many days what failed or was refused is counted. */
const DAYS = 7;

/** What there is to know of a partner at a glance. */
export interface PartnerFigures {
  /** Messages to it that were given up, of the last seven days. */
  readonly failed: number;
  /** Messages to it that are still to arrive. */
  readonly waiting: number;
  /** Messages of it that its orders cannot take yet. */
  readonly parked: number;
  /** Messages of it that were refused, of the last seven days. */
  readonly refused: number;
  /** Hand-overs that people were asked to look at because it is slow. */
  readonly late: number;
}

/** The figures of every partner, by its code. */
export async function partnerFigures(knex: Knex): Promise<ReadonlyMap<string, PartnerFigures>> {
  const { rows } = await knex.raw<{ rows: ({ code: string } & PartnerFigures)[] }>(
    `with slow as (
       select h.value ->> 'partner' as partner
       from (select distinct order_number from tasks
             where closed_at is null and reason = 'partner-late') as t
       join orders as o on o.number = t.order_number
       cross join jsonb_array_elements(o.state -> 'context' -> 'handOvers') as h
       where h.value ->> 'slow' in ('escalated', 'given up')
         and h.value ->> 'stage' in ('asked', 'accepted')
     )
     select p.code,
       (select count(*) from deliveries where kind = 'partner' and target = p.code
          and created_at > now() - interval '${DAYS} days' and status = 'failed')::integer as failed,
       (select count(*) from deliveries where kind = 'partner' and target = p.code
          and settled_at is null)::integer as waiting,
       (select count(*) from partner_inbox where partner = p.code
          and settled_at is null and status = 'parked')::integer as parked,
       (select count(*) from partner_inbox where partner = p.code
          and received_at > now() - interval '${DAYS} days' and status = 'refused')::integer as refused,
       (select count(*) from slow where slow.partner = p.code)::integer as late
     from partners as p`,
  );
  return new Map(rows.map(({ code, ...figures }) => [code, figures]));
}
