/** A wished workflow, looked at before it is published. */
import { type Problem, stageOf, stages, type Who, Workflow } from '@kasauti/core'
import type { Ctx } from '../platform/http/handler.ts'
import { findProject, listChunk } from './apply-storage.ts'
import { addEffects, type Effect, effectsOf, sortOut } from './sort-out.ts'
import { listKnownSkills, listMembersWho } from './storage.ts'

export type Read =
  | { readonly ok: true; readonly workflow: Workflow }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** A workflow from a page, or all that is wrong with it. */
export async function readWorkflow(ctx: Ctx, wish: unknown): Promise<Read> {
  const read = Workflow.safeParse(wish)
  if (!read.success)
    return {
      ok: false,
      problems: read.error.issues.map((i) => ({ path: i.path.join('.'), message: i.message })),
    }
  const problems = [...rulesBroken(read.data), ...(await skillsMissing(ctx, read.data))]
  return problems.length > 0 ? { ok: false, problems } : { ok: true, workflow: read.data }
}

const working: readonly string[] = ['associate', 'reviewer', 'lead']

function rulesBroken(workflow: Workflow): Problem[] {
  const problems: Problem[] = []
  for (const [n, stage] of workflow.stages.entries()) {
    const path = `stages.${n}`
    if (stage.who.roles.some((role) => !working.includes(role)))
      problems.push({
        path: `${path}.who.roles`,
        message: 'only associates, reviewers and leads work on items',
      })
    if (stage.kind === 'annotate' && stage.more && stage.more.upTo <= stage.overlap)
      problems.push({ path: `${path}.more.upTo`, message: 'must be more than the overlap' })
    if (
      'sampling' in stage &&
      stage.sampling.kind === 'adaptive' &&
      stage.sampling.least > stage.sampling.most
    )
      problems.push({ path: `${path}.sampling.least`, message: 'must not be above the most' })
    if (stage.kind === 'audit' && stage.onFail === 'adjudicate' && !stageOf(workflow, 'adjudicate'))
      problems.push({ path: `${path}.onFail`, message: 'there is no stage that adjudicates' })
  }
  return problems
}

async function skillsMissing(ctx: Ctx, workflow: Workflow): Promise<Problem[]> {
  const asked = workflow.stages.flatMap((stage) => stage.who.skills)
  if (asked.length === 0) return []
  const known = new Set(await listKnownSkills(ctx.db, asked))
  return workflow.stages.flatMap((stage, n) =>
    stage.who.skills
      .filter((skill) => !known.has(skill))
      .map(() => ({ path: `stages.${n}.who.skills`, message: 'there is no such skill' })),
  )
}

const atOnce = 5000

/** What publishing would do to everything in flight, counted as the job would do it. */
export async function effectsOn(
  ctx: Ctx,
  o: { projectId: string; before: Workflow; workflow: Workflow },
): Promise<readonly Effect[]> {
  const project = await findProject(ctx.db, o.projectId)
  if (!project) return []
  let effects: readonly Effect[] = []
  for (let after = -1; ; ) {
    const rows = await listChunk(ctx.db, {
      projectId: o.projectId,
      after,
      limit: atOnce,
      which: 'all',
    })
    const sorted = await sortOut(ctx.app, ctx.db, { ...o, seed: project.seed, rows })
    effects = addEffects(effects, effectsOf(sorted))
    const last = rows.at(-1)
    if (!last || rows.length < atOnce) break
    after = last.ordinal
  }
  return [...effects, ...(await peopleOut(ctx, o))]
}

async function peopleOut(
  ctx: Ctx,
  o: { projectId: string; before: Workflow; workflow: Workflow },
): Promise<Effect[]> {
  const effects: Effect[] = []
  for (const stage of stages) {
    const [was, is] = [stageOf(o.before, stage)?.who, stageOf(o.workflow, stage)?.who]
    if (!was || !is) continue
    const after = new Set(await members(ctx, o.projectId, is))
    const out = (await members(ctx, o.projectId, was)).filter((userId) => !after.has(userId))
    if (out.length > 0) effects.push({ kind: 'people-out', stage, count: out.length })
  }
  return effects
}

const members = (ctx: Ctx, projectId: string, who: Who) =>
  listMembersWho(ctx.db, { projectId, roles: who.roles, skills: who.skills, now: ctx.now })
