import type { Beat, ReceivedBeat, Stage } from '@kasauti/core'
import { sql } from 'kysely'
import { dayOf } from '../item/index.ts'
import type { Db } from '../platform/app.ts'
import { atCommit, json, unscoped } from '../platform/db/index.ts'

type At = { readonly projectId: string; readonly assignmentId: string }

/** Keep beats at commit; those that are there already stay as they came first. */
export async function insertBeats(
  db: Db,
  at: At & { receivedAt: Date; beats: readonly Beat[] },
): Promise<void> {
  if (at.beats.length === 0) return
  const rest = ({ sentMs, wallMs, marks }: Beat) => json({ sentMs, wallMs, marks })
  await atCommit(
    db,
    sql`
    insert into activity_beats (project_id, assignment_id, tab, seq, received_at, beat)
    select ${at.projectId}::uuid, ${at.assignmentId}::uuid, g.tab, g.seq, ${at.receivedAt}::timestamptz, g.beat::jsonb
    from unnest(${at.beats.map((b) => b.tab)}::uuid[], ${at.beats.map((b) => b.seq)}::int[],
      ${at.beats.map(rest)}::text[]) as g (tab, seq, beat)
    order by g.tab, g.seq
    on conflict (project_id, assignment_id, tab, seq) do nothing`,
  )
}

/** More than anybody's page sends of one item. */
const beatsReadAtMost = 20_000

export type BeatRow = {
  readonly tab: string
  readonly seq: number
  readonly received_at: Date
  readonly beat: Omit<Beat, 'tab' | 'seq'>
}
/** Beats of an assignment that came since it was taken up. */
export const beatRows = (at: At) => sql<BeatRow>`
  select b.tab, b.seq, b.received_at, b.beat from activity_beats b
  where b.project_id = ${at.projectId} and b.assignment_id = ${at.assignmentId} and b.received_at >= (
    select a.started_at from assignments a
    where a.project_id = ${at.projectId} and a.assignment_id = ${at.assignmentId})
  limit ${sql.lit(beatsReadAtMost)}`

export const toReceivedBeats = (rows: readonly BeatRow[]): readonly ReceivedBeat[] =>
  rows.map(({ tab, seq, received_at, beat }) => ({
    ...beat,
    tab,
    seq,
    receivedAtMs: received_at.getTime(),
  }))

/** Note on an assignment what its active time is made of and where it is from, at commit. */
export async function noteTime(
  db: Db,
  at: At & { fieldMs: Readonly<Record<string, number>>; source: 'beats' | 'reported' },
): Promise<void> {
  await atCommit(
    db,
    sql`
    update assignments a set field_ms = ${json(at.fieldMs)}::jsonb, time_source = ${at.source}
    where a.project_id = ${at.projectId} and a.assignment_id = ${at.assignmentId}`,
  )
}

export type Handling = {
  readonly projectId: string
  readonly batchId: string
  readonly userId: string
  readonly stage: Stage
  readonly now: Date
  readonly source: 'beats' | 'reported'
  /** `field` empty: the whole. */
  readonly parts: readonly {
    readonly field: string
    readonly bucket: number
    readonly activeMs: number
  }[]
}
/** Add a handling to the histograms at commit. Rows are of one person each: nobody waits for another. */
export async function addHandling(db: Db, h: Handling): Promise<void> {
  await atCommit(
    db,
    sql`
    insert into handling_times as t
      (project_id, field, batch_id, user_id, stage, day, bucket, n, reported, active_ms)
    select ${h.projectId}::uuid, g.field, ${h.batchId}::uuid, ${h.userId}::uuid, ${h.stage}, ${dayOf(h.now)}::date,
      g.bucket, 1, ${h.source === 'reported' ? 1 : 0}::int, g.active_ms
    from unnest(${h.parts.map((p) => p.field)}::text[], ${h.parts.map((p) => p.bucket)}::smallint[],
      ${h.parts.map((p) => p.activeMs)}::bigint[]) as g (field, bucket, active_ms)
    order by g.field
    on conflict (project_id, field, batch_id, user_id, stage, day, bucket) do update set
      n = t.n + excluded.n, reported = t.reported + excluded.reported, active_ms = t.active_ms + excluded.active_ms`,
  )
}

/** Every project, for sweeping one by one. */
export async function findAllProjects(db: Db): Promise<string[]> {
  const { rows } = await sql<{ project_id: string }>`
    select p.project_id from projects p ${unscoped('finds the projects whose old beats are to be swept')}`.execute(
    db,
  )
  return rows.map((row) => row.project_id)
}

/** Forget up to `atMost` beats that came before. @returns how many */
export async function removeBeatsBefore(
  db: Db,
  o: { projectId: string; before: Date; atMost: number },
): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from activity_beats b
    using (
      select x.assignment_id, x.tab, x.seq from activity_beats x
      where x.project_id = ${o.projectId} and x.received_at < ${o.before}
      order by x.received_at limit ${o.atMost}) old
    where b.project_id = ${o.projectId} and b.assignment_id = old.assignment_id and b.tab = old.tab
      and b.seq = old.seq`.execute(db)
  return Number(numAffectedRows ?? 0)
}
