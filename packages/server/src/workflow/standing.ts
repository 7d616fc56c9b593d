/** An item under lock as the engine sees it, and what the engine decided of it carried out. */
import { agreementOf } from '@kasauti/catalog'
import {
  asksAgreement,
  asksPersons,
  type Decision,
  type ItemStanding,
  type PersonRecord,
  type Standing,
  stageOf,
  unknownPerson,
  type Workflow,
} from '@kasauti/core'
import { changeAnnotations } from '../annotation/index.ts'
import {
  annotationsOf,
  type EventKind,
  eventInsert,
  type LockedItem,
  type Tally,
} from '../item/index.ts'
import { atCommit } from '../platform/db/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { loadSchema } from '../schema/index.ts'
import {
  type AnnotationRow,
  findAudited,
  findRecords,
  listAnnotations,
} from './standing-storage.ts'

type Answers = Readonly<Record<string, unknown>>

/** An item under lock, with what its annotations are about. */
export type Subject = {
  readonly projectId: string
  readonly item: LockedItem
  readonly seed: number
  readonly inputs: Answers
  readonly schemaVersion: number
  readonly workflow: Workflow
}
/** An annotation as it is handed in or judged just now, whatever is stored of it. */
export type Newest = {
  readonly id: string
  readonly authorId: string
  readonly state: Standing['state']
  readonly due: boolean
  readonly accepts: number
  readonly returns: number
  readonly answers: Answers
}

/** Reads no more than the workflow asks for. */
export async function readStanding(ctx: Ctx, of: Subject, newest?: Newest): Promise<ItemStanding> {
  const { projectId, item, workflow } = of
  const stored = await storedOf(ctx, of)
  const all: readonly Newest[] = newest
    ? [...stored.filter((a) => a.id !== newest.id), newest]
    : stored
  const people = asksPersons(workflow)
    ? await findRecords(ctx.db, { projectId, userIds: all.map((a) => a.authorId) })
    : nobody
  const audited = stageOf(workflow, 'audit')
    ? await findAudited(ctx.db, { projectId, itemIds: [item.itemId] })
    : undefined
  const { wanted, leased, decided } = item.tally
  return {
    itemId: item.itemId,
    seed: of.seed,
    ordinal: item.ordinal,
    wanted,
    leased,
    decided,
    audited: audited?.has(item.itemId) ?? false,
    annotations: all.map((a) => standingOf(a, people)),
    agreement: asksAgreement(workflow) ? await agreementIn(ctx, of, all) : undefined,
  }
}
const nobody: ReadonlyMap<string, PersonRecord> = new Map()

export const standingOf = (
  { id, state, due, accepts, returns, authorId }: Omit<Newest, 'answers'>,
  people: ReadonlyMap<string, PersonRecord>,
): Standing => ({
  id,
  state,
  due,
  accepts,
  returns,
  person: people.get(authorId) ?? unknownPerson,
})

async function storedOf(ctx: Ctx, of: Subject): Promise<Newest[]> {
  const { projectId, item, workflow } = of
  if (annotationsOf(item.tally) === 0) return []
  const rows = await listAnnotations(ctx.db, {
    projectId,
    itemIds: [item.itemId],
    answers: asksAgreement(workflow) ? 'with' : 'without',
  })
  return rows.map(newestOf)
}

export const newestOf = (row: AnnotationRow): Newest => ({
  id: row.annotation_id,
  authorId: row.author_id,
  state: row.state,
  due: row.due,
  accepts: row.accepts,
  returns: row.returns,
  answers: row.answers ?? {},
})

async function agreementIn(
  ctx: Ctx,
  of: Pick<Subject, 'projectId' | 'schemaVersion' | 'inputs'>,
  all: readonly Newest[],
): Promise<number | undefined> {
  if (all.length < 2) return undefined
  const at = { projectId: of.projectId, version: of.schemaVersion }
  const { schema, context } = await loadSchema(ctx.app, ctx.db, at)
  const answers = all.map((a) => a.answers)
  return agreementOf(schema, answers, { inputs: of.inputs, context: context(of.inputs) })
}

/** A tally as a decision has it. */
export function tallyAfter(
  t: Tally,
  decision: Decision,
  more: { readonly leased?: number; readonly decided?: boolean; readonly activeMs?: number } = {},
): Tally {
  const count = (state: Standing['state']) =>
    decision.annotations.filter((a) => a.state === state).length
  return {
    ...t,
    leased: t.leased + (more.leased ?? 0),
    decided: more.decided ?? t.decided,
    activeMs: t.activeMs + (more.activeMs ?? 0),
    wanted: decision.wanted,
    pending: decision.pending,
    due: decision.annotations.filter((a) => a.due).length,
    submitted: count('submitted'),
    returned: count('returned'),
    accepted: count('accepted'),
  }
}

/**
 * Annotations other than the one in hand, brought to where the decision wants them, and the item's history
 * of what it goes on to.
 */
export async function carryOut(
  ctx: Ctx,
  of: Pick<Subject, 'projectId' | 'item'>,
  o: { before: ItemStanding; decision: Decision; inHand?: string },
): Promise<void> {
  const { projectId, item } = of
  const was = new Map(o.before.annotations.map((a) => [a.id, a]))
  const changes = o.decision.annotations.filter((a) => {
    const b = was.get(a.id)
    return (
      a.id !== o.inHand && b && (b.due !== a.due || b.state !== a.state || b.returns !== a.returns)
    )
  })
  await changeAnnotations(ctx.db, {
    projectId,
    changes: changes.map(({ id, state, due, returns }) => ({
      annotationId: id,
      state,
      due,
      returns,
    })),
    now: ctx.now,
  })
  if (o.decision.wanted > o.before.wanted) await tell(ctx, of, 'more-people')
  if (o.decision.pending !== 'nothing' && o.decision.pending !== item.tally.pending)
    await tell(ctx, of, o.decision.pending === 'audit' ? 'to-audit' : 'to-adjudication')
}

/**
 * A line of the item's history that nobody in particular wrote; at commit. A moment after what it follows
 * from: lines are read in the order of their times.
 */
export const tell = (
  ctx: Ctx,
  of: { readonly projectId: string; readonly item: Pick<LockedItem, 'itemId'> },
  kind: EventKind,
): Promise<void> =>
  atCommit(
    ctx.db,
    eventInsert({
      projectId: of.projectId,
      itemId: of.item.itemId,
      eventId: ctx.app.newId(),
      kind,
      userId: undefined,
      at: new Date(ctx.now.getTime() + 1),
    }),
  )
