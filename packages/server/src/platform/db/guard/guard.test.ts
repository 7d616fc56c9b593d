import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type TestApp, testApp } from '@kasauti/testkit'
import { sql } from 'kysely'
import { from as copyFrom } from 'pg-copy-streams'
import QueryStream from 'pg-query-stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { guard, ProjectGuardError, unscoped } from './index.ts'

const passes: Readonly<Record<string, string>> = {
  'a pinned table': 'select * from items where project_id = $1',
  'as kysely writes it':
    'select "i"."item_id" from "items" as "i" where ("i"."project_id" = $1 and "i"."key" = $2)',
  'the parameter first, with a cast': 'select 1 from items where $1::uuid = project_id',
  'a text as the value':
    "select 1 from items where project_id = '00000000-0000-0000-0000-000000000000'::uuid",
  'other conditions with or':
    'select 1 from items where project_id = $1 and (state = $2 or state = $3)',
  'a pinned join':
    'select 1 from items i join annotations a on a.project_id = i.project_id and a.item_id = i.item_id where i.project_id = $1',
  'a join by row':
    'select 1 from items i join annotations a on (a.project_id, a.item_id) = (i.project_id, i.item_id) where i.project_id = $1',
  'a join by using':
    'select 1 from items join item_inputs using (project_id, item_id) where items.project_id = $1',
  'a left join':
    'select 1 from items i left join annotations a on a.project_id = i.project_id where i.project_id = $1',
  'a left join pinned by the value':
    'select 1 from items i left join annotations a on a.project_id = $1 where i.project_id = $1',
  'a left join of a join':
    'select 1 from items i left join (annotations a join reviews r on r.project_id = a.project_id) on a.project_id = i.project_id where i.project_id = $1',
  'a comma and where':
    'select 1 from items i, annotations a where i.project_id = $1 and a.project_id = i.project_id',
  'an instance table': 'select * from users where email = $1',
  'an instance table beside a project table':
    'select u.name from members m join users u on u.user_id = m.user_id where project_id = $1',
  'no table': 'select 1',
  'a correlated subquery':
    'select 1 from items i where i.project_id = $1 and exists (select from reviews r where r.project_id = i.project_id and r.item_id = i.item_id)',
  'a lateral join':
    'select 1 from items i cross join lateral (select 1 from annotations a where a.project_id = i.project_id limit 1) x where i.project_id = $1',
  'a pinned subquery in from': 'select * from (select item_id from items where project_id = $1) x',
  'a pinned CTE':
    'with x as (select item_id from items where project_id = $1) select * from x join users u on true',
  'a CTE that changes rows':
    'with gone as (delete from items where project_id = $1 returning item_id) insert into item_events (project_id, item_id) select $1, item_id from gone',
  'a recursive CTE':
    'with recursive n(i) as (select 1 union all select i + 1 from n where i < 9) select * from n',
  'a union of pinned arms':
    'select 1 from items where project_id = $1 union all select 2 from reviews where project_id = $1',
  'rows by unnest': 'select * from unnest($1::uuid[], $2::text[]) with ordinality as t(a, b, n)',
  'insert values': 'insert into items (project_id, item_id) values ($1, $2), ($3, $4)',
  'insert from unnest':
    'insert into items (project_id, item_id) select $1, u.id from unnest($2::uuid[]) as u(id) on conflict do nothing',
  'insert from a pinned select':
    'insert into item_words (project_id, item_id) select i.project_id, i.item_id from items i where i.project_id = $1',
  'insert from select distinct':
    'insert into item_words (project_id, item_id) select distinct on (item_id) project_id, item_id from items where project_id = $1',
  'insert with a union':
    'insert into item_words (project_id, item_id) select $1::uuid, $2 union select $1, $3 on conflict (project_id, item_id) do update set words = excluded.words where item_words.ordinal > 1 returning item_id',
  'insert into an instance table': 'insert into events (kind) values ($1)',
  'an update': 'update items set state = $2 where project_id = $1 and item_id = $3',
  'an update from values':
    'update items i set state = v.state from (values ($2::uuid, $3)) v(id, state) where i.project_id = $1 and i.item_id = v.id',
  'an update from a pinned table':
    'update items set slots = 0 from annotations a where items.project_id = $1 and a.project_id = items.project_id',
  'an update with is distinct from':
    'update items set withdrawn = state is distinct from $2 where project_id = $1 and key is distinct from $3',
  'a delete using':
    'delete from reviews r using annotations a where r.project_id = a.project_id and a.project_id = $1',
  'copy with project_id': 'COPY items (project_id, item_id) FROM STDIN',
  'copy of a pinned query': "copy (select 1 from items where project_id = '0190') to stdout",
  'graphile worker': "select graphile_worker.add_job('x'); select * from graphile_worker.jobs",
  'the catalog':
    "select c.relname from pg_catalog.pg_class c join pg_namespace n on true where n.nspname = 'public'",
  transactions: 'begin; savepoint a; rollback to savepoint a; commit',
  'a name of a table in a text':
    "select 'from items', $$ from items $$, $a$ $$ from items $a$, E'\\' from items' as x",
  'a name of a table in a comment':
    'select 1 -- from items\n /* from items /* nested */ from items */',
  'extract and substring': "select extract(epoch from now()), substring('x' from 1) from users",
  'a case':
    'select case when i.state = $2 then 1 else 2 end from items i where i.project_id = $1 order by 1 limit 3 for update of i skip locked',
  'a between': 'select 1 from items where ordinal between $2 and $3 and project_id = $1',
  explain: 'explain (analyze, buffers) select 1 from items where project_id = $1',
  'a cursor': 'declare c cursor for select 1 from items where project_id = $1',
  'a reason': '/* unscoped: counts what all projects hold */ select count(*) from items',
  'a temporary table':
    'create temporary table pg_temp.incoming (a text) on commit drop; insert into pg_temp.incoming (a) values ($1)',
}

const refuses: Readonly<Record<string, string>> = {
  'no where': 'select * from items',
  'a where on something else': 'select * from items where item_id = $1',
  'upper case and quotes': 'SELECT * FROM "items" WHERE ITEM_ID = $1',
  'a schema before the name': 'select * from public.items',
  'a forgotten join pin':
    'select 1 from items i join annotations a on a.item_id = i.item_id where i.project_id = $1',
  'a pin only under or': 'select 1 from items where project_id = $1 or key = $2',
  'a pin in brackets under or':
    'select 1 from items where (key = $2 or (project_id = $1 and state = $3))',
  'a negated pin': 'select 1 from items where not project_id = $1',
  'a negated group': 'select 1 from items where not (project_id = $1)',
  'another comparison': 'select 1 from items where project_id <> $1',
  'a pin to itself': 'select 1 from items i where i.project_id = i.project_id',
  'a ring of pins':
    'select 1 from items i, reviews r where i.project_id = r.project_id and r.project_id = i.project_id',
  'a pin inside a case':
    'select 1 from items where case when true and project_id = $1 and true then true else true end',
  'a pin as an end of between': 'select 1 from items where ordinal between $2 and project_id = $1',
  'a pin of the other side of a left join':
    'select 1 from items i left join annotations a on i.project_id = $1 and a.project_id = $1',
  'a pin in a right join':
    'select 1 from items i right join annotations a on i.project_id = $1 and a.project_id = $1 where i.project_id = $1',
  'joins without brackets':
    'select 1 from users u left join users v join reviews r on true on r.project_id = $1',
  'a pin in the select list': 'select project_id = $1 from items',
  'a pin in having': 'select 1 from items group by project_id having project_id = $1',
  'an unpinned subquery':
    'select 1 from items where project_id = $1 and item_id in (select item_id from reviews)',
  'an unpinned subquery in the select list': 'select (select count(*) from items) from users',
  'an unpinned subquery in from': 'select 1 from (select * from items) x where x.project_id = $1',
  'an unpinned subquery deep in a function':
    'select coalesce(array_length(array(select item_id from items), 1), 0)',
  'an unpinned CTE': 'with x as (select * from items) select * from x where x.project_id = $1',
  'an unpinned arm of a union':
    'select 1 from items where project_id = $1 union select 2 from reviews',
  'an unpinned arm in brackets':
    '(select 1 from items where project_id = $1) union (select 2 from reviews)',
  'a CTE named like a table': 'with items as (select 1) select * from items',
  'a pin by a CTE':
    'with x as (select on_project_id as project_id from events) select 1 from items i join x on x.project_id = i.project_id',
  'renamed columns': 'select 1 from items as i(key, project_id) where i.project_id = $1',
  'a join in brackets':
    'select 1 from (items i join reviews r on r.item_id = i.item_id) where i.project_id = $1',
  'an unpinned delete': 'delete from items where item_id = $1',
  'a delete of everything': 'delete from items',
  'an unpinned table in using':
    'delete from items using reviews r where items.project_id = $1 and r.item_id = items.item_id',
  'an unpinned update': 'update items set state = $1 where item_id = $2',
  'an unpinned table of an update':
    'update items i set state = $1 from reviews r where i.project_id = $2 and r.item_id = i.item_id',
  'a row moved to another project': 'update items set project_id = $2 where project_id = $1',
  'a row moved on conflict':
    'insert into items (project_id, item_id) values ($1, $2) on conflict (project_id, item_id) do update set project_id = $3',
  'an insert without project_id': 'insert into items (item_id) values ($1)',
  'an insert without columns': 'insert into items values ($1, $2)',
  'an insert of default values': 'insert into items default values',
  'an insert of a made up project':
    'insert into items (project_id, item_id) select gen_random_uuid(), $1',
  'an insert with a star before':
    'insert into items (item_id, project_id) select x.*, $1 from unnest($2::uuid[]) x',
  'a hidden delete in a CTE': 'with x as (delete from reviews returning 1) select 1',
  'an unknown table': 'select * from people',
  'an unknown schema': 'select * from other.items',
  'copy in without project_id': 'copy items (item_id) from stdin',
  'copy in without columns': 'copy items from stdin',
  'copy out': 'copy items to stdout',
  'copy of an unpinned query': 'copy (select * from items) to stdout',
  'the second statement': 'select 1; select * from items',
  TABLE: 'table items',
  merge: 'merge into items using users on true when matched then delete',
  ddl: 'drop table items',
  truncate: 'truncate items',
  'select into': 'select * into x from items where project_id = $1',
  'sql in a function': "select ts_stat('select words from item_words')",
  'a reason in a text': "select '/* unscoped: not a comment at all */' from items",
  'no reason': '/* unscoped: */ select * from items',
  'a do block': 'do $$ begin delete from items; end $$',
  'explain of an unpinned statement': 'explain analyze delete from items',
  'a cursor over everything': 'declare c cursor for select * from items',
  'a temporary copy of everything': 'create temp table pg_temp.x as select * from items',
  'unbalanced brackets': 'select (1 from items',
}

describe('the guard lets pass', () => {
  for (const [name, text] of Object.entries(passes)) {
    test(name, () => expect(() => guard(text)).not.toThrow())
  }
})
describe('the guard refuses', () => {
  for (const [name, text] of Object.entries(refuses)) {
    test(name, () => expect(() => guard(text)).toThrow(ProjectGuardError))
  }
})

test('a reason must be in words and cannot end the comment', () => {
  expect(() => unscoped('why')).toThrow()
  expect(() => unscoped('because */ delete from items')).toThrow()
})

describe('every way to the database passes the guard', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await testApp()
  })
  afterAll(() => app.close())

  test('the pool', async () => {
    await expect(app.pool.query('select * from items')).rejects.toThrow(ProjectGuardError)
    await expect(app.pool.query({ text: 'select * from items' })).rejects.toThrow(ProjectGuardError)
    expect((await app.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  test('the query builder', async () => {
    await expect(app.db.selectFrom('items').selectAll().execute()).rejects.toThrow(
      ProjectGuardError,
    )
    const mine = app.db.selectFrom('items').selectAll().where('project_id', '=', randomUUID())
    expect(await mine.execute()).toEqual([])
    const all = app.db
      .selectFrom('items')
      .selectAll()
      .modifyEnd(unscoped('proves that a reason is enough'))
    expect(await all.execute()).toEqual([])
    const transaction = app.db.transaction().execute((trx) => sql`delete from items`.execute(trx))
    await expect(transaction).rejects.toThrow(ProjectGuardError)
  })

  test('COPY and cursors', async () => {
    const client = await app.pool.connect()
    try {
      expect(() => client.query(copyFrom('copy items from stdin'))).toThrow(ProjectGuardError)
      expect(() => client.query(new QueryStream('select * from items'))).toThrow(ProjectGuardError)
      const stream = client.query(
        copyFrom('copy item_inputs (project_id, item_id, inputs, preview) from stdin'),
      )
      await pipeline(Readable.from([`${randomUUID()}\t${randomUUID()}\t{}\thello\n`]), stream)
      expect(stream.rowCount).toBe(1)
      const rows = client.query(new QueryStream('select n from generate_series(1, 3) as g(n)'))
      expect(await rows.toArray()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
    } finally {
      client.release()
    }
  })
})
