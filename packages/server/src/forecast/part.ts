/** Who takes part in which stage: not everybody who may, does. */
import { type Stage, stageOf, type Workflow } from '@kasauti/core'
import type { Handled, Taker } from './storage.ts'

const newDays = 14 * 86_400_000

/**
 * The stages each person is counted on for: who did such work lately, and who came lately without doing
 * any yet. Leads count where they did; if nobody else is there for a stage, all who may.
 */
export function partOf(
  takers: readonly Taker[],
  o: { workflow: Workflow; handled: readonly Handled[]; now: Date },
): ReadonlyMap<string, readonly Stage[]> {
  const did = new Set(o.handled.filter((h) => h.n > 0).map((h) => `${h.user_id} ${h.stage}`))
  const out = new Map<string, Stage[]>(takers.map((t) => [t.user_id, []]))
  for (const { kind: stage } of o.workflow.stages) {
    const may = takers.filter((t) => mayTake(t, stage, o.workflow))
    const anybody = may.some((t) => did.has(`${t.user_id} ${stage}`))
    const counts = may.filter(
      (t) =>
        did.has(`${t.user_id} ${stage}`) ||
        (isNoLead(t) && (!anybody || o.now.getTime() - t.added_at.getTime() < newDays)),
    )
    for (const t of counts.length > 0 ? counts : may) out.get(t.user_id)?.push(stage)
  }
  return out
}

const isNoLead = (t: Taker): boolean => !t.roles.includes('lead') && !t.roles.includes('manager')

function mayTake(t: Taker, stage: Stage, workflow: Workflow): boolean {
  const who = stageOf(workflow, stage)?.who
  if (!who) return false
  const skilled = who.skills.every((skill) => t.skills.includes(skill))
  return skilled && who.roles.some((role) => t.roles.includes(role))
}
