/** A project of any size, made by SQL: for benchmarks and load tests. */
import { simpleWorkflow } from '@kasauti/core'
import type { Db } from '@kasauti/server'
import { sql } from 'kysely'

export type Seed = {
  readonly projectId: string
  readonly items: number
  /** Of how many of them, the first ones, somebody's annotation exists. */
  readonly annotated: number
  readonly people: readonly string[]
  readonly madeBy: string
  /** Whether items can be searched for. */
  readonly search: 'indexed' | 'not'
  /** Where the seeding stands, for people who wait. */
  readonly tell: (line: string) => void
}

/** UUIDv7-like: in the order of `n`, the low bits mixed, `kind` keeps families apart. */
const idOf = (n: string, kind: string) =>
  sql.raw(`(lpad(to_hex(1760000000000 + ${n} / 8), 12, '0') || '7' || substr(md5('${kind}' || ${n}), 1, 3)
    || '8' || substr(md5('${kind}' || ${n}), 4, 15))::uuid`)

const topics = [
  'sports',
  'politics',
  'health',
  'science',
  'culture',
  'business',
  'weather',
  'other',
]
export const seedSchema = {
  version: 1,
  inputs: [{ id: 'text', kind: 'text', config: {} }],
  fields: [
    {
      id: 'topic',
      kind: 'choice',
      title: { en: 'Topic', hi: 'विषय' },
      config: {
        mode: 'single',
        options: topics.map((value) => ({ value, title: { en: value } })),
      },
    },
    {
      id: 'quality',
      kind: 'rating',
      title: { en: 'Quality', hi: 'गुणवत्ता' },
      config: {
        levels: [1, 2, 3, 4, 5].map((value) => ({ value, title: { en: `${value}` } })),
        notApplicable: false,
      },
    },
  ],
}
const settings = {
  queue: { order: 'sequential' },
  skipReasons: [{ id: 'unclear', title: { en: 'Unclear' }, consequence: 'others' }],
  instructions: { en: '', hi: '' },
}

/**
 * Items of about a paragraph; of the annotated ones 80 % are accepted, 15 % await review, 5 % are
 * returned; topics are skewed (half of one, one in a hundred of another), authors take turns in blocks.
 */
export async function seedItems(db: Db, s: Seed): Promise<void> {
  const p = s.projectId
  await sql`
    insert into projects (project_id, name, summary, created_by, created_at, schema_version, settings, seed, next_ordinal)
    values (${p}, 'Bench', '', ${s.madeBy}, now(), 1, ${JSON.stringify(settings)}::jsonb, 7, ${s.items + 1})`.execute(
    db,
  )
  await sql`
    insert into workflows (project_id, version, workflow, note, created_by, created_at)
    values (${p}, 1, ${JSON.stringify(simpleWorkflow({ overlap: 1, review: 'all' }))}::jsonb, '', ${s.madeBy}, now())`.execute(
    db,
  )
  await sql`
    insert into batches (project_id, batch_id, name, state, created_by, created_at, opened_at)
    values (${p}, ${p}, '', 'open', ${s.madeBy}, now(), now())`.execute(db)
  await sql`
    insert into task_schemas (project_id, version, schema, note, created_by, created_at)
    values (${p}, 1, ${JSON.stringify(seedSchema)}::jsonb, '', ${s.madeBy}, now())`.execute(db)
  await sql`
    insert into members (project_id, user_id, roles, added_at)
    select ${p}::uuid, u, array['associate', 'reviewer'], now() from unnest(${s.people}::uuid[]) u`.execute(
    db,
  )
  const chunk = 100_000
  for (let from = 1; from <= s.items; from += chunk) {
    const range = { from, to: Math.min(s.items, from + chunk - 1) }
    await seedChunk(db, s, range)
    s.tell(`items ${range.to}`)
  }
  await sql`
    insert into project_counts (project_id, shard, items, open, annotated, returned, accepted, annotations, wanted, done)
    select ${p}::uuid, 0, count(*), count(*) filter (where state = 'open'), count(*) filter (where state = 'annotated'),
      count(*) filter (where state = 'returned'), count(*) filter (where state = 'accepted'), sum(annotations), sum(wanted), count(*) filter (where step = 'done')
    from items i where i.project_id = ${p}`.execute(db)
  await sql`
    insert into batch_counts (project_id, batch_id, shard, items, open, annotated, returned, accepted, annotations,
      wanted, done)
    select c.project_id, c.project_id, 0, c.items, c.open, c.annotated, c.returned, c.accepted, c.annotations,
      c.wanted, c.done
    from project_counts c where c.project_id = ${p}`.execute(db)
}

const stateOf = sql.raw(
  `case when n % 20 = 7 then 'returned' when n % 20 in (3, 11, 15) then 'submitted' else 'accepted' end`,
)
const topicOf =
  sql.raw(`(array['sports','sports','sports','sports','politics','politics','health','science','culture','business'])
  [1 + (hashtext('t' || n) & 1023) % 10]`)
const topicRare = sql`case when hashtext('r' || n) & 127 = 0 then 'weather' when hashtext('o' || n) & 16383 = 0 then 'other' else ${topicOf} end`
const words =
  sql.raw(`array['monsoon','rains','reached','the','coast','early','farmers','report','record','harvest','market',
  'prices','minister','announced','cricket','final','crowd','hospital','vaccine','doctors','school','exam','results','students',
  'railway','line','opened','new','bridge','river','flood','relief','teams','museum','festival','music','film','award','satellite',
  'launch','orbit','बारिश','किसान','बाज़ार','मंत्री','परीक्षा','अस्पताल','चुनाव','क्रिकेट','रेलवे']`)

async function seedChunk(db: Db, s: Seed, r: { from: number; to: number }): Promise<void> {
  const p = s.projectId
  const done = Math.min(r.to, s.annotated)
  const active = sql.raw(`(4000 + (hashtext('a' || n) & 65535))`)
  const at = sql.raw(
    `(timestamptz '2026-01-05 09:00Z' + n * interval '1 second' + (hashtext('u' || n) & 4095) * interval '1 minute')`,
  )
  await sql`
    insert into items (project_id, item_id, batch_id, ordinal, rank, key, state, step, due, wanted, submitted, returned, accepted, slots, annotations,
      active_ms, created_at, updated_at)
    select ${p}::uuid, ${idOf('n', 'itm')}, ${p}::uuid, n, n, 'doc-' || substr(md5('k' || n), 1, 6) || '-' || n,
      case when n > ${s.annotated}::bigint then 'open' when ${stateOf} = 'submitted' then 'annotated' else ${stateOf} end,
      case when n > ${s.annotated}::bigint or ${stateOf} = 'returned' then 'annotate'
        when ${stateOf} = 'submitted' then 'review' else 'done' end,
      (n <= ${s.annotated}::bigint and ${stateOf} = 'submitted')::int, 1,
      (n <= ${s.annotated}::bigint and ${stateOf} = 'submitted')::int, (n <= ${s.annotated}::bigint and ${stateOf} = 'returned')::int,
      (n <= ${s.annotated}::bigint and ${stateOf} = 'accepted')::int, (n > ${s.annotated}::bigint)::int, (n <= ${s.annotated}::bigint)::int,
      case when n <= ${s.annotated}::bigint then ${active} else 0 end, timestamptz '2026-01-05 09:00Z', ${at}
    from generate_series(${r.from}::bigint, ${r.to}::bigint) n`.execute(db)
  await sql`
    insert into item_inputs (project_id, item_id, inputs, preview)
    select ${p}::uuid, ${idOf('n', 'itm')}, jsonb_build_object('text', jsonb_build_object('text', t)), t
    from (select n, (select string_agg((${words})[1 + (hashtext(n || '/' || w) & 65535) % 50], ' ')
            from generate_series(1, 24) w) || ' ' || substr(md5('x' || n), 1, 5) as t
          from generate_series(${r.from}::bigint, ${r.to}::bigint) n) x`.execute(db)
  if (s.search === 'indexed')
    await sql`
    insert into item_words (project_id, item_id, ordinal, words)
    select i.project_id, i.item_id, i.ordinal, array_to_tsvector(array(
      select distinct w from unnest(string_to_array(x.preview || ' ' || replace(i.key, '-', ' '), ' ')) w))
    from items i join item_inputs x on x.project_id = i.project_id and x.item_id = i.item_id
    where i.project_id = ${p} and i.ordinal between ${r.from} and ${r.to}`.execute(db)
  if (done < r.from) return
  const author = sql`(${s.people}::uuid[])[1 + (n / 500) % ${s.people.length}::int]`
  const all = sql`from generate_series(${r.from}::bigint, ${done}::bigint) n`
  await sql`
    insert into assignments (project_id, assignment_id, item_id, batch_id, stage, user_id, state, annotation_id, schema_version,
      presentation, active_ms, started_at, lease_expires_at, finished_at)
    select ${p}::uuid, ${idOf('n', 'asg')}, ${idOf('n', 'itm')}, ${p}::uuid, 'annotate', ${author},
      case when ${stateOf} = 'returned' then 'returned' else 'submitted' end, ${idOf('n', 'ann')}, 1, '{"candidates":{}}',
      ${active}, ${at}, ${at}, ${at} ${all}`.execute(db)
  await sql`
    insert into annotations (project_id, annotation_id, item_id, batch_id, due, ordinal, author_id, assignment_id, state, revision, answers,
      schema_version, active_ms, hash, submitted_at, updated_at)
    select ${p}::uuid, ${idOf('n', 'ann')}, ${idOf('n', 'itm')}, ${p}::uuid, ${stateOf} = 'submitted', n, ${author}, ${idOf('n', 'asg')}, ${stateOf}, 1,
      jsonb_build_object('topic', ${topicRare}, 'quality', 1 + (hashtext('q' || n) & 1023) % 5), 1, ${active},
      encode(sha256(('h' || n)::bytea), 'hex'), ${at}, ${at} ${all}`.execute(db)
  await sql`
    insert into annotation_revisions (project_id, annotation_id, revision, answers, schema_version, author_id, reason,
      active_ms, hash, created_at)
    select o.project_id, o.annotation_id, 1, o.answers, 1, o.author_id, 'submitted', o.active_ms, o.hash, o.submitted_at
    from annotations o where o.project_id = ${p} and o.ordinal between ${r.from} and ${done}`.execute(
    db,
  )
  await sql`
    insert into annotation_facets (project_id, field_id, value, ordinal, annotation_id, item_id)
    select o.project_id, f.key, f.value, o.ordinal, o.annotation_id, o.item_id
    from annotations o cross join lateral jsonb_each_text(o.answers) f
    where o.project_id = ${p} and o.ordinal between ${r.from} and ${done}`.execute(db)
  await sql`
    insert into reviews (project_id, review_id, annotation_id, item_id, ordinal, assignment_id, revision, reviewer_id, verdict,
      note, active_ms, created_at)
    select ${p}::uuid, ${idOf('n', 'rev')}, ${idOf('n', 'ann')}, ${idOf('n', 'itm')}, n, ${idOf('n', 'asg')}, 1, ${s.madeBy}::uuid,
      case when ${stateOf} = 'returned' then 'returned' when hashtext('f' || n) & 15 = 0 then 'fixed' else 'accepted' end,
      '', 2000, ${at}
    ${all} where ${stateOf} <> 'submitted'`.execute(db)
}
