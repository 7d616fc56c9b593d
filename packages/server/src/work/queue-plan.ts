/** From what lies where to what is handed out next, and why the rest is not. */
import {
  handsOut,
  type Stage,
  stageOf,
  stages as stagesInOrder,
  type Who,
  type Workflow,
} from '@kasauti/core'
import type { QueueRow } from './queue-storage.ts'

export type PlanRow = QueueRow & { readonly batch_id: string }
/** New work of one stage in one batch. */
export type Part = { readonly row: PlanRow; readonly stage: Stage }
export type WaitReason =
  | { readonly code: 'nothing-left' }
  | { readonly code: 'project-paused' | 'member-paused'; readonly row: QueueRow }
  | { readonly code: 'batch-paused' | 'held-cap'; readonly row: QueueRow; readonly stage: Stage }
  | {
      readonly code: 'daily-cap'
      readonly row: QueueRow
      readonly stage: Stage
      readonly until: Date
    }
  | {
      readonly code: 'skill-needed'
      readonly row: QueueRow
      readonly stage: Stage
      readonly skills: readonly string[]
    }
export type PlannedPart = Part & { readonly gate: WaitReason | undefined }

/** How many more a person may take in the project of the row; infinite without a cap. */
export const roomIn = (row: QueueRow): number =>
  Math.max(
    0,
    Math.min(
      (row.daily_cap ?? Number.POSITIVE_INFINITY) - row.done_today - row.held,
      (row.held_cap ?? Number.POSITIVE_INFINITY) - row.held,
    ),
  )

/** `left`: who takes what is left of stages the workflow has no more. */
type Planned = Workflow & { readonly left?: Readonly<Partial<Record<Stage, Who>>> }

/**
 * All parts of somebody's new work in the order of handing out, each with the gate before it, if any:
 * due first, then the more important, then the later stage (what is begun is finished), then the older
 * project and batch.
 */
export function planQueue(
  rows: readonly QueueRow[],
  o: { workflows: ReadonlyMap<string, Planned>; stages: readonly Stage[]; now: Date },
): PlannedPart[] {
  const parts = rows.flatMap((row) => {
    const workflow = o.workflows.get(row.project_id)
    if (!workflow || row.batch_id === null) return []
    const inBatch = { ...row, batch_id: row.batch_id }
    return o.stages.flatMap((stage) => {
      const who = stageOf(workflow, stage)?.who ?? workflow.left?.[stage]
      if (!who?.roles.some((role) => row.roles.includes(role)) || !lies(row, stage)) return []
      if (row.batch_state !== 'paused' && !handsOut(row.batch_state, stage)) return []
      return [{ row: inBatch, stage, gate: gateOf(inBatch, { stage, who, now: o.now }) }]
    })
  })
  return parts.sort(inOrder)
}

const lies = (row: QueueRow, stage: Stage): boolean =>
  stage === 'annotate' ? row.annotate || row.freed : row[stage]

export function inOrder(a: Part, b: Part): number {
  return (
    dueOf(a.row) - dueOf(b.row) ||
    b.row.priority - a.row.priority ||
    stagesInOrder.indexOf(b.stage) - stagesInOrder.indexOf(a.stage) ||
    compare(a.row.project_id, b.row.project_id) ||
    compare(a.row.batch_id, b.row.batch_id)
  )
}
/** Nothing is due later than what has no due date. */
const dueOf = (row: QueueRow): number => row.due_at?.getTime() ?? Number.MAX_SAFE_INTEGER
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function gateOf(row: QueueRow, o: { stage: Stage; who: Who; now: Date }): WaitReason | undefined {
  const { stage } = o
  if (row.project_paused) return { code: 'project-paused', row }
  if (row.member_paused) return { code: 'member-paused', row }
  if (row.batch_state === 'paused') return { code: 'batch-paused', row, stage }
  const skills = o.who.skills.filter((skill) => !row.skills.includes(skill))
  if (skills.length > 0) return { code: 'skill-needed', row, stage, skills }
  if (roomIn(row) > 0) return undefined
  return row.held_cap !== null && row.held >= row.held_cap
    ? { code: 'held-cap', row, stage }
    : { code: 'daily-cap', row, stage, until: nextDay(o.now) }
}

/** Caps count UTC days. */
export const nextDay = (now: Date): Date => {
  const day = new Date(now)
  day.setUTCHours(24, 0, 0, 0)
  return day
}
export const startOfDay = (now: Date): Date => {
  const day = new Date(now)
  day.setUTCHours(0, 0, 0, 0)
  return day
}

/** Every reason once: a paused project says so once, not of every batch. */
export function waitsOf(parts: readonly PlannedPart[]): WaitReason[] {
  const found = new Map<string, WaitReason>()
  for (const { gate } of parts) {
    if (!gate || gate.code === 'nothing-left') continue
    const about =
      'stage' in gate ? [gate.stage, gate.code === 'batch-paused' && gate.row.batch_id] : []
    const key = [gate.code, gate.row.project_id, ...about].join(' ')
    if (!found.has(key)) found.set(key, gate)
  }
  return [...found.values()]
}
