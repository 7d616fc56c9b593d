/** What a change of the workflow does to items, chunk by chunk: reckoned for `check`, written by the job. */
import { agreementOf } from '@kasauti/catalog'
import {
  asksAgreement,
  asksPersons,
  type ItemStanding,
  type Reapplied,
  reapply,
  stageOf,
  type Workflow,
} from '@kasauti/core'
import { stepOf, type Tally } from '../item/index.ts'
import type { App, Db } from '../platform/app.ts'
import { loadSchema } from '../schema/index.ts'
import { type ChunkRow, findChunkInputs } from './apply-storage.ts'
import { newestOf, standingOf, tallyAfter } from './standing.ts'
import {
  type AnnotationRow,
  findAudited,
  findRecords,
  listAnnotations,
} from './standing-storage.ts'

export type Effect = {
  readonly kind:
    | 'more-people'
    | 'fewer-people'
    | 'held-stay'
    | 'reviews-added'
    | 'reviews-dropped'
    | 'adjudications-added'
    | 'adjudications-dropped'
    | 'audits-added'
    | 'audits-dropped'
    | 'people-out'
  readonly stage: 'annotate' | 'review' | 'adjudicate' | 'audit'
  readonly count: number
}

/** An item before and under the workflow; nothing of it changes when `changed` is false. */
export type SortedItem = {
  readonly row: ChunkRow
  readonly before: ItemStanding
  readonly after: Reapplied
  readonly tally: Tally
  readonly changed: boolean
}

/** The items of a chunk under a workflow. Gold goes its own way; what is taken out keeps its verdicts. */
export async function sortOut(
  app: App,
  db: Db,
  o: { projectId: string; seed: number; workflow: Workflow; rows: readonly ChunkRow[] },
): Promise<readonly SortedItem[]> {
  const known = await readKnown(db, o)
  const sorted: SortedItem[] = []
  for (const row of o.rows) {
    const annotations = known.annotations.get(row.itemId) ?? []
    const inHands = annotations.filter((a) => a.review_assignment_id).map((a) => a.annotation_id)
    const before = {
      itemId: row.itemId,
      seed: o.seed,
      ordinal: row.ordinal,
      wanted: row.tally.wanted,
      leased: row.tally.leased,
      decided: row.tally.decided,
      audited: known.audited.has(row.itemId),
      annotations: annotations.map((a) => standingOf(newestOf(a), known.people)),
      agreement: await agreementIn(app, db, { ...o, row, annotations, inputs: known.inputs }),
    }
    const after = reapply(o.workflow, { ...before, inHands: new Set(inHands) })
    const tally = tallyAfter(row.tally, after)
    sorted.push({ row, before, after, tally, changed: differs({ row, before, after, tally }) })
  }
  return sorted
}

function differs({ row, before, after, tally }: Omit<SortedItem, 'changed'>): boolean {
  return (
    tally.wanted !== row.tally.wanted ||
    stepOf(tally) !== stepOf(row.tally) ||
    after.annotations.some((a, n) => {
      const b = before.annotations[n]
      return b?.due !== a.due || b.state !== a.state
    })
  )
}

async function readKnown(
  db: Db,
  o: { projectId: string; workflow: Workflow; rows: readonly ChunkRow[] },
) {
  const { projectId, workflow } = o
  const made = o.rows.filter((row) => row.annotated).map((row) => row.itemId)
  const answers = asksAgreement(workflow) ? ('with' as const) : ('without' as const)
  const list =
    made.length > 0 ? await listAnnotations(db, { projectId, itemIds: made, answers }) : []
  const several = [...Map.groupBy(list, (a) => a.item_id)].filter(([, own]) => own.length > 1)
  return {
    annotations: Map.groupBy(list, (a) => a.item_id),
    people: asksPersons(workflow)
      ? await findRecords(db, { projectId, userIds: [...new Set(list.map((a) => a.author_id))] })
      : new Map(),
    audited: stageOf(workflow, 'audit')
      ? await findAudited(db, { projectId, itemIds: made })
      : new Set<string>(),
    inputs: asksAgreement(workflow)
      ? await findChunkInputs(db, { projectId, itemIds: several.map(([itemId]) => itemId) })
      : new Map(),
  }
}

async function agreementIn(
  app: App,
  db: Db,
  o: {
    projectId: string
    workflow: Workflow
    annotations: readonly AnnotationRow[]
    row: ChunkRow
    inputs: Awaited<ReturnType<typeof findChunkInputs>>
  },
): Promise<number | undefined> {
  const given = o.inputs.get(o.row.itemId)
  if (!asksAgreement(o.workflow) || o.annotations.length < 2 || !given) return undefined
  const at = { projectId: o.projectId, version: given.schemaVersion }
  const { schema, context } = await loadSchema(app, db, at)
  const answers = o.annotations.map((a) => a.answers ?? {})
  return agreementOf(schema, answers, { inputs: given.inputs, context: context(given.inputs) })
}

/** What the change does to these items, counted by kind. */
export function effectsOf(all: readonly SortedItem[]): readonly Effect[] {
  const sorted = all.filter(({ row }) => !row.tally.removed)
  const count = (of: (item: SortedItem) => number) => sorted.reduce((n, item) => n + of(item), 0)
  const at = (step: 'adjudicate' | 'audit', when: 'added' | 'dropped') =>
    count(({ row, tally }) => {
      const [was, is] = [stepOf(row.tally) === step, stepOf(tally) === step]
      return Number(when === 'added' ? is && !was : was && !is)
    })
  const due = (from: boolean) =>
    count(
      ({ before, after }) =>
        after.annotations.filter((a, n) => a.due !== from && before.annotations[n]?.due === from)
          .length,
    )
  const effects: readonly Effect[] = [
    {
      kind: 'more-people',
      stage: 'annotate',
      count: count((i) => Number(i.tally.wanted > i.row.tally.wanted)),
    },
    {
      kind: 'fewer-people',
      stage: 'annotate',
      count: count((i) => Number(i.tally.wanted < i.row.tally.wanted)),
    },
    { kind: 'held-stay', stage: 'annotate', count: count((i) => i.after.heldStay) },
    { kind: 'reviews-added', stage: 'review', count: due(false) },
    { kind: 'reviews-dropped', stage: 'review', count: due(true) },
    { kind: 'adjudications-added', stage: 'adjudicate', count: at('adjudicate', 'added') },
    { kind: 'adjudications-dropped', stage: 'adjudicate', count: at('adjudicate', 'dropped') },
    { kind: 'audits-added', stage: 'audit', count: at('audit', 'added') },
    { kind: 'audits-dropped', stage: 'audit', count: at('audit', 'dropped') },
  ]
  return effects.filter((effect) => effect.count > 0)
}

export function addEffects(a: readonly Effect[], b: readonly Effect[]): readonly Effect[] {
  const sums = new Map<Effect['kind'], Effect>()
  for (const effect of [...a, ...b]) {
    const before = sums.get(effect.kind)?.count ?? 0
    sums.set(effect.kind, { ...effect, count: before + effect.count })
  }
  return [...sums.values()]
}
