/** The statements that read a delivery's content, all in one snapshot on one connection. */
import type { PoolClient } from 'pg'
import { escapeLiteral } from 'pg'

export type Selection = {
  readonly projectId: string
  readonly states: readonly string[]
  /** Of this batch alone. */
  readonly batchId?: string | undefined
  /** `final`: where an adjudicator decided, the decision alone. */
  readonly answers?: 'all' | 'final'
}

/**
 * One snapshot for everything a delivery holds. Plans that would read all before giving the first row
 * (hashes, sorts) are off: rows come by index in the order of ordinals, at once.
 */
export async function openSnapshot(client: PoolClient): Promise<void> {
  await client.query('begin isolation level repeatable read read only')
  for (const plan of [
    'hashjoin',
    'mergejoin',
    'sort',
    'bitmapscan',
    'seqscan',
    'material',
    'memoize',
  ])
    await client.query(`set local enable_${plan} = off`)
  await client.query('set local max_parallel_workers_per_gather = 0')
}

export const closeSnapshot = async (client: PoolClient): Promise<void> => {
  await client.query('commit')
}

export type Counted = {
  readonly items: number
  readonly annotations: number
  readonly byState: Readonly<Record<string, number>>
  readonly schemaVersions: readonly number[]
}

/** What is selected, counted by the database itself. */
export async function countSelected(client: PoolClient, of: Selection): Promise<Counted> {
  const items = await client.query<{ state: string; n: number }>(
    `select i.state, count(*) as n from items i
     where i.project_id = $1 and i.state = any ($2::text[]) and i.removed_at is null
       and ($3::uuid is null or i.batch_id = $3::uuid) group by i.state`,
    [of.projectId, of.states, of.batchId ?? null],
  )
  const versions = await client.query<{ version: number; n: number }>(
    `select a.schema_version as version, count(*) as n
     from items i join annotations a on a.project_id = i.project_id and a.item_id = i.item_id
       and a.state <> 'withdrawn' ${chosenAnswers(of)}
     where i.project_id = $1 and i.state = any ($2::text[]) and i.removed_at is null
       and ($3::uuid is null or i.batch_id = $3::uuid)
     group by a.schema_version order by 1`,
    [of.projectId, of.states, of.batchId ?? null],
  )
  return {
    items: items.rows.reduce((sum, r) => sum + r.n, 0),
    annotations: versions.rows.reduce((sum, r) => sum + r.n, 0),
    byState: Object.fromEntries(items.rows.map((r) => [r.state, r.n])),
    schemaVersions: versions.rows.map((r) => r.version),
  }
}

/** Everybody who has annotated here: one step of the index per person, not one per annotation. */
export async function listAuthors(
  client: PoolClient,
  projectId: string,
): Promise<readonly string[]> {
  const { rows } = await client.query<{ author_id: string }>(
    `with recursive author as (
       (select a.author_id from annotations a where a.project_id = $1 order by a.author_id limit 1)
       union all
       select (select a.author_id from annotations a where a.project_id = $1 and a.author_id > author.author_id
               order by a.author_id limit 1)
       from author where author.author_id is not null
     )
     select author_id from author where author_id is not null`,
    [projectId],
  )
  return rows.map((r) => r.author_id)
}

const literals = (values: readonly string[]): string =>
  values.map((v) => escapeLiteral(v)).join(', ')

/** Newest verdict on an annotation. */
const verdict = (project: string): string => `left join lateral (
    select r.verdict from reviews r
    where r.project_id = ${project} and r.annotation_id = a.annotation_id
    order by r.created_at desc, r.review_id desc limit 1) v on true`

const chosen = (project: string): string =>
  `from items i join item_inputs x on x.project_id = ${project} and x.item_id = i.item_id`

const where = (of: Selection, project: string): string =>
  `where i.project_id = ${project} and i.removed_at is null and i.state in (${literals(of.states)})${
    of.batchId === undefined ? '' : ` and i.batch_id = ${escapeLiteral(of.batchId)}`
  }`

/** Of items `i` and annotations `a`: those that are delivered. */
const chosenAnswers = (of: Selection): string =>
  of.answers === 'final' ? `and (not i.decided or a.stage = 'adjudicate')` : ''

/** Of items an adjudicator decided: whether this is the decision. */
const isFinal = `case when i.decided then (a.stage = 'adjudicate')::text end`

const time = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/**
 * COPY of one line of JSON per item with its state and number of annotations. Stored JSON goes in as it
 * is: nothing is parsed on the way. `names`: wire ids of authors by their uuid.
 */
export function copyLinesSql(of: Selection, names: Readonly<Record<string, string>>): string {
  const project = escapeLiteral(of.projectId)
  const author = `(${escapeLiteral(JSON.stringify(names))}::jsonb -> a.author_id::text)::text`
  return `copy (
    select i.state, coalesce(w.n, 0)::int4,
      '{"key": ' || to_json(i.key)::text || ', "state": "' || i.state || '", "inputs": ' || x.inputs::text
        || ', "annotations": [' || coalesce(w.list, '') || ']}'
    ${chosen(project)}
    left join lateral (
      select count(*) as n, string_agg('{"author": ' || ${author} || ', "state": "' || a.state
        || '", "answers": ' || a.answers::text || ', "schemaVersion": ' || a.schema_version || ', "revision": ' || a.revision
        || ', "verdict": ' || coalesce('"' || v.verdict || '"', 'null') || ', "activeMs": ' || a.active_ms
        || ', "submittedAt": "' || ${time('a.submitted_at')} || '", "hash": ' || to_json(a.hash)::text || coalesce(', "final": ' || ${isFinal}, '') || '}', ', '
        order by a.submitted_at, a.annotation_id) as list
      from annotations a ${verdict(project)}
      where a.project_id = ${project} and a.item_id = i.item_id and a.state <> 'withdrawn' ${chosenAnswers(of)}
    ) w on true
    ${where(of, project)} order by i.ordinal
  ) to stdout (format binary)`
}

/** COPY of the ordinals of what is selected. */
export const copyOrdinalsSql = (of: Selection): string =>
  `copy (select i.ordinal from items i ${where(of, escapeLiteral(of.projectId))}) to stdout (format binary)`

/** COPY of one row per annotation; items without any give one row of their own. */
export function copyAnnotationsSql(of: Selection): string {
  const project = escapeLiteral(of.projectId)
  return `copy (
    select i.state, (a.annotation_id is not null)::int::int4, i.item_id::text, i.key, x.inputs::text, a.author_id::text,
      a.state, a.answers::text, a.schema_version::text, a.revision::text, v.verdict, a.active_ms::text,
      ${time('a.submitted_at')}, a.hash, ${isFinal}
    ${chosen(project)}
    left join annotations a on a.project_id = ${project} and a.item_id = i.item_id and a.state <> 'withdrawn' ${chosenAnswers(of)}
      ${verdict(project)}
    ${where(of, project)} order by i.ordinal, a.submitted_at, a.annotation_id
  ) to stdout (format binary)`
}
