/** A new project, whole: settings, schema, taxonomies, its maker's roles and, if wanted, sample items. */
import { randomInt } from 'node:crypto'
import {
  checkTaxonomy,
  readInputs,
  type TaskSchema,
  TaxonomyNode,
  type Template,
  template,
} from '@kasauti/catalog'
import { KasautiError, simpleWorkflow } from '@kasauti/core'
import { z } from 'zod'
import { addItems } from '../item/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { insertSchema, parsedSchema } from '../schema/index.ts'
import { insertTaxonomy } from '../taxonomy/index.ts'
import { insertWorkflow } from '../workflow/index.ts'
import { firstSettings, type Settings } from './settings.ts'
import { insertMember, insertOwnBatch, insertProject } from './storage.ts'

export type NewProject = {
  readonly name: string
  readonly summary: string
  readonly template?: string | undefined
  readonly sampleItems: boolean
  readonly schema?: unknown
}

/** @returns the new project's id. Throws `schema/invalid` or `request/invalid`. */
export async function createProject(ctx: Ctx, wish: NewProject): Promise<string> {
  const from = wish.template === undefined ? undefined : template(wish.template)
  if (wish.template !== undefined && !from) throw invalid('template', 'there is no such template')
  if (!from && wish.schema === undefined)
    throw invalid('schema', 'a project needs a template or a task schema')
  const schema = parsedSchema(wish.schema ?? from?.schema)
  const projectId = ctx.app.newId()
  const { userId } = ctx.caller
  const settings = settingsFrom(from)
  await insertProject(ctx.db, {
    name: wish.name,
    summary: wish.summary,
    template: wish.template,
    projectId,
    settings,
    seed: randomInt(2 ** 31),
    userId,
    now: ctx.now,
  })
  await insertMember(ctx.db, { projectId, userId, roles: ['lead', 'manager'], now: ctx.now })
  await insertSchema(ctx.db, {
    projectId,
    version: 1,
    schema,
    note: '',
    createdBy: userId,
    now: ctx.now,
  })
  await insertWorkflow(ctx.db, {
    projectId,
    version: 1,
    workflow: simpleWorkflow(from ?? { overlap: 1, review: 'all' }),
    note: '',
    createdBy: userId,
    now: ctx.now,
  })
  await insertOwnBatch(ctx.db, { projectId, userId, now: ctx.now })
  await insertTaxonomies(ctx, projectId, from)
  if (from && wish.sampleItems) await addSamples(ctx, { projectId, schema, from })
  return projectId
}

const invalid = (path: string, message: string) =>
  new KasautiError('request/invalid', `${path}: ${message}`, { problems: [{ path, message }] })

const settingsFrom = (from: Template | undefined): Settings =>
  from ? { ...firstSettings, instructions: from.sop } : firstSettings

const Nodes = z.array(TaxonomyNode)

async function insertTaxonomies(ctx: Ctx, projectId: string, from: Template | undefined) {
  for (const { name, title, nodes: raw } of from?.taxonomies ?? []) {
    const nodes = Nodes.parse(raw)
    const problems = checkTaxonomy(nodes)
    if (problems.length > 0) throw new KasautiError('taxonomy/invalid', name, { problems })
    await insertTaxonomy(ctx.db, {
      projectId,
      taxonomyId: ctx.app.newId(),
      name,
      version: 1,
      title,
      nodes,
      createdBy: ctx.caller.userId,
      now: ctx.now,
    })
  }
}

/** A schema of one's own may not fit the template's samples: that is told, nothing is made. */
async function addSamples(
  ctx: Ctx,
  to: { projectId: string; schema: TaskSchema; from: Template },
): Promise<void> {
  const items = to.from.items.map(({ key, input }) => {
    const inputs = readInputs(to.schema, input)
    if (!inputs.ok) throw new KasautiError('schema/invalid', undefined, { problems: inputs.error })
    return { key, inputs: inputs.value }
  })
  await addItems(ctx, { ...to, wanted: to.from.overlap, items })
}
