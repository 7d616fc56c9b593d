/** What became of every answer that left somebody's hands. */
import { decodeId } from '@kasauti/core'
import { sameJson } from '../../packages/web/src/workbench/answers.ts'
import type { FaultHouse } from './house.ts'
import type { BenchPerson, Handed } from './person.ts'

export type Verdict = {
  /** Finished items that left somebody's hands. */
  readonly handed: number
  /** In the database exactly once with exactly the content. */
  readonly stored: number
  /** Not stored, and shown to the person, who has it or decided about it. */
  readonly refused: number
  readonly refusedFor: Readonly<Record<string, number>>
  /** Neither stored nor shown. */
  readonly lost: readonly string[]
  /** Stored more than once, or with other content. */
  readonly duplicates: readonly string[]
  readonly altered: readonly string[]
  /** Shown as refused although stored. */
  readonly falselyRefused: readonly string[]
  /** Still waiting to be sent when all faults were over. */
  readonly stuck: readonly string[]
  /** Typed, in the journal, and not there after a reload. */
  readonly lostDrafts: readonly string[]
  /** Drafts changed on another machine, and those nobody was shown before they were overwritten. */
  readonly changedElsewhere: number
  readonly overwritten: readonly string[]
  readonly draftConflictsShown: number
  readonly receipts: number
}

type Found = { readonly times: number; readonly same: boolean }

async function find(house: FaultHouse, handed: Handed): Promise<Found> {
  const { token, act } = handed
  const assignmentId = decodeId('asg', handed.assignmentId)
  const query = (text: string, values: readonly unknown[]) =>
    house.db((app) => app.pool.query(text, [...values]))
  if (act.kind === 'review') {
    const { rows } = await query(
      `select v.verdict, r.answers from reviews v
       left join annotation_revisions r on r.project_id = v.project_id and r.annotation_id = v.annotation_id and r.revision = v.revision
       where v.project_id = $1 and v.note = $2`,
      [house.projectId, token],
    )
    const [row] = rows as { verdict: string; answers: unknown }[]
    const same =
      row !== undefined &&
      row.verdict === act.verdict &&
      (act.verdict !== 'fixed' || sameJson(row.answers, handed.answers))
    return { times: rows.length, same }
  }
  if (act.kind === 'skip') {
    const { rows } = await query(
      `select 1 from assignments
       where project_id = $1 and assignment_id = $2 and state = 'skipped' and skip_note = $3`,
      [house.projectId, assignmentId, token],
    )
    return { times: rows.length, same: true }
  }
  const { rows } = await query(
    `select r.answers, o.assignment_id from annotation_revisions r
     join annotations o on o.project_id = r.project_id and o.annotation_id = r.annotation_id
     where r.project_id = $1 and r.answers->>'why' = $2 and r.reason <> 'fixed'`,
    [house.projectId, token],
  )
  const [row] = rows as { answers: unknown; assignment_id: string }[]
  const same =
    row !== undefined && row.assignment_id === assignmentId && sameJson(row.answers, handed.answers)
  return { times: rows.length, same }
}

export async function judge(
  house: FaultHouse,
  people: readonly BenchPerson[],
  elsewhere: readonly string[],
): Promise<Verdict> {
  const lost: string[] = []
  const duplicates: string[] = []
  const altered: string[] = []
  const falselyRefused: string[] = []
  const stuck: string[] = []
  const refusedFor: Record<string, number> = {}
  for (const { code } of people.flatMap((p) => p.sessions().flatMap((s) => s.refused)))
    refusedFor[code] = (refusedFor[code] ?? 0) + 1
  let stored = 0
  let refused = 0
  for (const person of people) {
    const shown = new Set(person.sessions().flatMap((s) => s.refused.map((r) => r.key)))
    for (const s of person.sessions()) stuck.push(...s.outbox.map((o) => o.key))
    for (const handed of person.handed) {
      const { times, same } = await find(house, handed)
      const isShown = shown.has(handed.key) || person.decided.has(handed.key)
      const told = `${person.who.name} ${handed.key} ${handed.act.kind} ${handed.assignmentId}`
      if (times > 1) duplicates.push(told)
      else if (times === 1 && !same) altered.push(told)
      else if (times === 1) stored += 1
      else if (isShown) refused += 1
      else lost.push(told)
      if (times > 0 && isShown) falselyRefused.push(told)
    }
  }
  const seen = new Set(people.flatMap((p) => [...p.seen]))
  return {
    handed: people.reduce((sum, p) => sum + p.handed.length, 0),
    stored,
    refused,
    refusedFor,
    lost,
    duplicates,
    altered,
    falselyRefused,
    stuck,
    lostDrafts: await Promise.all(people.flatMap((p) => p.lostDrafts).map((d) => told(house, d))),
    changedElsewhere: elsewhere.length,
    overwritten: await overwritten(
      house,
      elsewhere.filter((text) => !seen.has(text)),
    ),
    draftConflictsShown: people.reduce((sum, p) => sum + p.conflictsShown, 0),
    receipts: people.reduce((sum, p) => sum + (p.sessions()[0]?.receipts.length ?? 0), 0),
  }
}

/** With what the server has of it. */
async function told(house: FaultHouse, draft: string): Promise<string> {
  const id = decodeId('asg', draft.split(' ')[0] ?? '')
  const { rows } = await house.db((app) =>
    app.pool.query(
      'select state, draft, draft_version from assignments where project_id = $1 and assignment_id = $2',
      [house.projectId, id],
    ),
  )
  return `${draft} ${JSON.stringify(rows[0])}`
}

/** Of texts from elsewhere that nobody was shown: those that are not there any more. */
async function overwritten(house: FaultHouse, unseen: readonly string[]): Promise<string[]> {
  const { rows } = await house.db((app) =>
    app.pool.query(
      `select draft->>'why' as text from assignments where project_id = $1 and draft->>'why' = any($2)`,
      [house.projectId, unseen],
    ),
  )
  const there = new Set((rows as { text: string }[]).map((row) => row.text))
  return unseen.filter((text) => !there.has(text))
}
