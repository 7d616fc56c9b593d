import type { Presentation } from '@kasauti/catalog'
import type { Mark } from '@kasauti/contract'
import type { AnnotationState, ItemState } from '@kasauti/core'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '../platform/app.ts'
import { json, storableText } from '../platform/db/index.ts'
import type { EventKind } from './events.ts'

export type ItemHead = {
  readonly item_id: string
  readonly ordinal: number
  readonly key: string
  readonly state: ItemState
}

/** What a page of the table shows of each of these items. */
export async function findRows(
  db: Db,
  at: { projectId: string; itemIds: readonly string[] },
): Promise<
  (ItemHead & {
    readonly batch_id: string
    readonly batch: string
    readonly preview: string
    readonly annotations: number
    readonly active_ms: number
    readonly updated_at: Date
  })[]
> {
  const { rows } = await sql<
    ItemHead & {
      batch_id: string
      batch: string
      preview: string
      annotations: number
      active_ms: number
      updated_at: Date
    }
  >`
    select i.item_id, i.ordinal, i.key, i.state, i.batch_id, b.name as batch, n.preview, i.annotations,
      i.active_ms, i.updated_at
    from items i join item_inputs n on n.project_id = i.project_id and n.item_id = i.item_id
    join batches b on b.project_id = i.project_id and b.batch_id = i.batch_id
    where i.project_id = ${at.projectId} and i.item_id = any(${at.itemIds}::uuid[])`.execute(db)
  return rows
}

export type AnswersRow = {
  readonly item_id: string
  readonly answers: Record<string, unknown>
  readonly schema_version: number
  readonly author: string
  /** Canonical candidate ids by input, in the order the author saw them. */
  readonly presentation: Presentation
}

/** The current answers of these items, first submitted first. */
export async function findAnswers(
  db: Db,
  at: { projectId: string; itemIds: readonly string[] },
): Promise<AnswersRow[]> {
  const { rows } = await sql<AnswersRow>`
    select o.item_id, o.answers, o.schema_version, u.name as author, s.presentation
    from annotations o
    join assignments s on s.project_id = o.project_id and s.assignment_id = o.assignment_id
    join users u on u.user_id = o.author_id
    where o.project_id = ${at.projectId} and o.item_id = any(${at.itemIds}::uuid[]) and o.state <> 'withdrawn'
    order by o.item_id, o.annotation_id`.execute(db)
  return rows
}

export async function findLocale(db: Db, userId: string): Promise<'en' | 'hi'> {
  const { rows } = await sql<{ locale: string | null }>`
    select u.preferences->>'locale' as locale from users u where u.user_id = ${userId}`.execute(db)
  return rows[0]?.locale === 'hi' ? 'hi' : 'en'
}

export async function findSchemaInForce(db: Db, projectId: string): Promise<number> {
  const { rows } = await sql<{ schema_version: number }>`
    select p.schema_version from projects p where p.project_id = ${projectId}`.execute(db)
  return rows[0]?.schema_version ?? 0
}

/** One item; removed ones too. */
export async function findItem(
  db: Db,
  at: { projectId: string; itemId: string },
): Promise<
  | (ItemHead & {
      readonly batch_id: string
      readonly batch: string
      readonly inputs: Record<string, unknown>
      readonly schema_version: number
      /** Of the project. */
      readonly seed: number
    })
  | undefined
> {
  const { rows } = await sql<
    ItemHead & {
      batch_id: string
      batch: string
      inputs: Record<string, unknown>
      schema_version: number
      seed: number
    }
  >`
    select i.item_id, i.ordinal, i.key, i.state, i.batch_id, b.name as batch, n.inputs, p.schema_version,
      p.seed
    from items i
    join batches b on b.project_id = i.project_id and b.batch_id = i.batch_id
    join projects p on p.project_id = i.project_id
    join item_inputs n on n.project_id = i.project_id and n.item_id = i.item_id
    where i.project_id = ${at.projectId} and i.item_id = ${at.itemId}`.execute(db)
  return rows[0]
}

export type RevisionRow = {
  readonly annotation_id: string
  readonly author_id: string
  readonly author: string
  readonly stage: 'annotate' | 'adjudicate'
  readonly state: AnnotationState
  readonly revision: number
  readonly answers: Record<string, unknown>
  readonly by: string
  readonly at: Date
  readonly schema_version: number
  readonly active_ms: number
  readonly hash: string
  readonly reason: 'submitted' | 'resubmitted' | 'fixed'
  /** Canonical candidate ids by input, in the order the author saw them. */
  readonly presentation: Presentation
}

/** Every revision of every annotation of an item, in order. */
export async function findRevisions(
  db: Db,
  at: { projectId: string; itemId: string },
): Promise<RevisionRow[]> {
  const { rows } = await sql<RevisionRow>`
    select o.annotation_id, o.author_id, a.name as author, o.stage, o.state, r.revision, r.answers, b.name as by,
      r.created_at as at, r.schema_version, r.active_ms, r.hash, r.reason, s.presentation
    from annotations o
    join assignments s on s.project_id = o.project_id and s.assignment_id = o.assignment_id
    join annotation_revisions r on r.project_id = o.project_id and r.annotation_id = o.annotation_id
    join users a on a.user_id = o.author_id
    join users b on b.user_id = r.author_id
    where o.project_id = ${at.projectId} and o.item_id = ${at.itemId}
    order by o.annotation_id, r.revision`.execute(db)
  return rows
}

export type ReviewRow = {
  readonly annotation_id: string
  readonly verdict: 'accepted' | 'fixed' | 'returned'
  readonly note: string
  readonly marks: z.output<typeof Mark>[]
  readonly by: string
  readonly at: Date
}

/** Reviews of these annotations, oldest first. */
export async function findReviews(
  db: Db,
  at: { projectId: string; annotationIds: readonly string[] },
): Promise<ReviewRow[]> {
  const { rows } = await sql<ReviewRow>`
    select v.annotation_id, v.verdict, v.note, v.marks, u.name as by, v.created_at as at
    from reviews v join users u on u.user_id = v.reviewer_id
    where v.project_id = ${at.projectId} and v.annotation_id = any(${at.annotationIds}::uuid[])
    order by v.created_at, v.review_id`.execute(db)
  return rows
}

export type HistoryRow = {
  readonly at: Date
  readonly kind: EventKind
  readonly by: string | null
  readonly note: string | null
}

/**
 * An item's history, oldest first. That a file brought it follows from the item itself, and in which
 * deliveries it was from their bits: a million rows come and go without a million events.
 */
export async function findHistory(
  db: Db,
  at: { projectId: string; itemId: string },
): Promise<HistoryRow[]> {
  const { rows } = await sql<HistoryRow>`
    select at, kind, by, note from (
      select 0 as part, null::uuid as event_id, i.created_at as at, 'imported' as kind, u.name as by,
        m.file_name as note
      from items i
      join imports m on m.project_id = i.project_id and m.import_id = i.import_id
      join users u on u.user_id = m.created_by
      where i.project_id = ${at.projectId} and i.item_id = ${at.itemId}
      union all
      select 1, e.event_id, e.at, e.kind, u.name, e.note
      from item_events e left join users u on u.user_id = e.user_id
      where e.project_id = ${at.projectId} and e.item_id = ${at.itemId}
      union all
      select 1, d.delivery_id, d.snapshot_at, 'delivered', u.name, d.name
      from items i
      join deliveries d on d.project_id = i.project_id and i.ordinal < length(d.delivered) * 8
        and get_bit(d.delivered, i.ordinal) = 1
      join users u on u.user_id = d.created_by
      where i.project_id = ${at.projectId} and i.item_id = ${at.itemId}
    ) steps
    order by part, at, event_id`.execute(db)
  return rows
}

/** Leases of an item end; work handed in before goes back to where it came from. */
export async function endLeases(db: Db, at: { projectId: string; itemId: string }): Promise<void> {
  await sql`
    with ended as (
      update assignments a set state = case
          when a.stage = 'review' or a.annotation_id is null then 'expired'
          else (select case when o.state = 'returned' then 'returned' else 'submitted' end
                from annotations o
                where o.project_id = ${at.projectId} and o.annotation_id = a.annotation_id) end
      where a.project_id = ${at.projectId} and a.item_id = ${at.itemId} and a.state = 'leased'
    )
    update annotations o set review_assignment_id = null
    where o.project_id = ${at.projectId} and o.item_id = ${at.itemId}
      and o.review_assignment_id is not null`.execute(db)
}

export async function setRemoved(
  db: Db,
  at: { projectId: string; itemId: string; removedAt: Date | null },
): Promise<void> {
  await sql`
    update items i set removed_at = ${at.removedAt}, held_by = null
    where i.project_id = ${at.projectId} and i.item_id = ${at.itemId}`.execute(db)
}

/** Who skipped an item may be given it again. */
export async function forgetSkips(
  db: Db,
  at: { projectId: string; itemId: string },
): Promise<void> {
  await sql`
    update assignments a set state = 'released'
    where a.project_id = ${at.projectId} and a.item_id = ${at.itemId} and a.stage = 'annotate'
      and a.state = 'skipped'`.execute(db)
}

/** The next `count` ordinals of a project. @returns the first */
export async function reserveOrdinals(
  db: Db,
  at: { projectId: string; count: number },
): Promise<number> {
  const { rows } = await sql<{ next_ordinal: number }>`
    update projects p set next_ordinal = p.next_ordinal + ${at.count}
    where p.project_id = ${at.projectId} returning p.next_ordinal`.execute(db)
  return (rows[0]?.next_ordinal ?? at.count + 1) - at.count
}

export type NewItem = {
  readonly itemId: string
  readonly eventId: string
  readonly ordinal: number
  readonly key: string
  readonly inputs: unknown
  readonly preview: string
}

/** A handful of items with inputs and history; imports have their own way in. */
export async function insertItems(
  db: Db,
  at: {
    projectId: string
    batchId: string
    wanted: number
    by: string
    now: Date
    items: readonly NewItem[]
  },
): Promise<void> {
  const all = at.items
  await sql`
    with given as (
      select * from unnest(${all.map((i) => i.itemId)}::uuid[], ${all.map((i) => i.eventId)}::uuid[],
        ${all.map((i) => i.ordinal)}::bigint[], ${all.map((i) => i.key)}::text[],
        ${all.map((i) => json(i.inputs))}::text[], ${all.map((i) => i.preview)}::text[])
        as g (item_id, event_id, ordinal, key, inputs, preview)
    ), made as (
      insert into items (project_id, item_id, batch_id, ordinal, rank, key, state, wanted, slots, created_at,
        updated_at)
      select ${at.projectId}::uuid, g.item_id, ${at.batchId}::uuid, g.ordinal, g.ordinal, g.key, 'open', ${at.wanted}::smallint,
        ${at.wanted}::smallint, ${at.now}::timestamptz, ${at.now}::timestamptz from given g
    ), shown as (
      insert into item_inputs (project_id, item_id, inputs, preview)
      select ${at.projectId}::uuid, g.item_id, g.inputs::jsonb, g.preview from given g
    )
    insert into item_events (project_id, item_id, event_id, kind, user_id, at)
    select ${at.projectId}::uuid, g.item_id, g.event_id, 'imported', ${at.by}::uuid, ${at.now}::timestamptz
    from given g`.execute(db)
}

export type Wordless = {
  readonly item_id: string
  readonly ordinal: number
  readonly key: string
  readonly preview: string
}

/** Items after an ordinal that have no search words yet, in order. */
export async function findWordless(
  db: Db,
  at: { projectId: string; after: number; limit: number },
): Promise<Wordless[]> {
  const { rows } = await sql<Wordless>`
    select i.item_id, i.ordinal, i.key, n.preview
    from (select x.item_id, x.ordinal, x.key, x.project_id from items x
          where x.project_id = ${at.projectId} and x.ordinal > ${at.after}
            and not exists (select 1 from item_words w
              where w.project_id = ${at.projectId} and w.item_id = x.item_id offset 0)
          order by x.ordinal limit ${at.limit}) i
    join item_inputs n on n.project_id = ${at.projectId} and n.item_id = i.item_id
    order by i.ordinal`.execute(db)
  return rows
}

export async function insertWords(
  db: Db,
  at: {
    projectId: string
    rows: readonly { itemId: string; ordinal: number; words: readonly string[] }[]
  },
): Promise<void> {
  await sql`
    insert into item_words (project_id, item_id, ordinal, words)
    select ${at.projectId}::uuid, g.item_id, g.ordinal, array_to_tsvector(string_to_array(g.words, ' '))
    from unnest(${at.rows.map((r) => r.itemId)}::uuid[], ${at.rows.map((r) => r.ordinal)}::bigint[],
      ${at.rows.map((r) => r.words.join(' '))}::text[]) as g (item_id, ordinal, words)
    on conflict (project_id, item_id) do nothing`.execute(db)
}

export async function countItems(db: Db, projectId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum(c.items), 0)::bigint as n from project_counts c
    where c.project_id = ${projectId}`.execute(db)
  return rows[0]?.n ?? 0
}

/** Does another item, not removed, have this key? */
export async function isKeyTaken(
  db: Db,
  at: { projectId: string; itemId: string; key: string },
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from items i where i.project_id = ${at.projectId} and i.removed_at is null
      and i.key collate "C" = ${at.key} and i.item_id <> ${at.itemId}) as found`.execute(db)
  return rows[0]?.found ?? false
}

/** The secret a project's references are made with. */
export async function findSeed(db: Db, projectId: string): Promise<number | undefined> {
  const { rows } = await sql<{ seed: number }>`
    select p.seed from projects p where p.project_id = ${projectId}`.execute(db)
  return rows[0]?.seed
}

export async function findByOrdinal(
  db: Db,
  at: { projectId: string; ordinal: number },
): Promise<{ readonly item_id: string } | undefined> {
  const { rows } = await sql<{ item_id: string }>`
    select i.item_id from items i where i.project_id = ${at.projectId} and i.ordinal = ${at.ordinal}::bigint
      and i.removed_at is null`.execute(db)
  return rows[0]
}

/** Items by key, those that are not removed. */
export async function findByKeys(
  db: Db,
  at: { projectId: string; keys: readonly string[] },
): Promise<readonly { readonly item_id: string; readonly key: string }[]> {
  const { rows } = await sql<{ item_id: string; key: string }>`
    select i.item_id, i.key from items i
    where i.project_id = ${at.projectId} and i.removed_at is null
      and i.key collate "C" = any(${at.keys.map(storableText)}::text[])`.execute(db)
  return rows
}
