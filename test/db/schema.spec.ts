import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cloneDatabase, type TestDatabase } from '../support/database';

const FILE = join(__dirname, '../../db/schema.txt');

/** Each table with its columns, constraints, indexes and triggers, and then each function, a line apiece. */
const CATALOGUE = `
  with tables as (
    select oid, relname::text from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'S')
      and relname not like 'knex_migrations%'
      and not exists (select from pg_depend where objid = pg_class.oid and deptype = 'i')
  ), lines (owner, part, position, line) as (
    select relname, 0, '', relname from tables
    union all
    select relname, 1, to_char(attnum, 'FM000'), concat_ws(' ', ' ', attname,
      format_type(atttypid, atttypmod), case when attnotnull then 'not null' end,
      case when attidentity = 'a' then 'generated always as identity' end,
      case when attgenerated = 's' then 'generated' when adbin is not null then 'default' end,
      pg_get_expr(adbin, adrelid))
    from pg_attribute join tables on tables.oid = attrelid
    left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where attnum > 0 and not attisdropped
      and exists (select from pg_class where oid = attrelid and relkind = 'r')
    union all
    select relname, 2, conname, concat_ws(' ', ' ', 'constraint', conname, pg_get_constraintdef(c.oid))
    from pg_constraint as c join tables on tables.oid = conrelid where contype not in ('n', 't')
    union all
    select relname, 3, i.indexrelid::regclass::text, '  ' || pg_get_indexdef(i.indexrelid)
    from pg_index as i join tables on tables.oid = indrelid
    where not exists (select from pg_constraint where conindid = i.indexrelid and contype in ('p', 'u'))
    union all
    select relname, 4, tgname, '  ' || pg_get_triggerdef(t.oid)
    from pg_trigger as t join tables on tables.oid = tgrelid where not tgisinternal
    union all
    select '~', 5, proname::text, E'\\n' || rtrim(pg_get_functiondef(p.oid), E'\\n')
    from pg_proc as p where pronamespace = 'public'::regnamespace
  )
  select line from lines order by owner collate "C", part, position collate "C"`;

describe('the schema', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(() => database.drop());

  it('is what db/schema.txt says; UPDATE_SCHEMA=1 writes it anew', async () => {
    const { rows } = await database.knex.raw<{ rows: { line: string }[] }>(CATALOGUE);
    const schema = `${rows.map(({ line }) => line).join('\n')}\n`;
    if (process.env.UPDATE_SCHEMA) await writeFile(FILE, schema);
    expect(schema).toBe(await readFile(FILE, 'utf8'));
  });
});
