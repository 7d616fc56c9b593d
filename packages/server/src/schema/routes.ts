import { checkAnswers, parseTaskSchema, readInputs, type TaskSchema } from '@kasauti/catalog'
import { KasautiError, type Problem } from '@kasauti/core'
import type { App, Db } from '../platform/app.ts'
import { handlers } from '../platform/http/handler.ts'
import { inputProblems, sameJson } from './changes.ts'
import { loadedSchema, loadSchema, loadTree, taxonomiesOf } from './loaded.ts'
import { presentVersion } from './presenter.ts'
import {
  findSchema,
  findSchemaVersion,
  hasItems,
  insertSchema,
  listSchemaVersions,
  lockSchemaVersion,
  setSchemaVersion,
} from './storage.ts'

export const routes = handlers({
  'schema.get': async (ctx, { params, query }) => {
    const version = query.version ?? (await findSchemaVersion(ctx.db, params.projectId))
    const row =
      version === undefined
        ? undefined
        : await findSchema(ctx.db, { projectId: params.projectId, version })
    if (!row) throw new KasautiError('schema/not-found')
    const { schema } = await loadSchema(ctx.app, ctx.db, {
      projectId: params.projectId,
      version: row.version,
    })
    return { ...presentVersion(row), schema }
  },

  'schema.list': async (ctx, { params }) => ({
    rows: (await listSchemaVersions(ctx.db, params.projectId)).map(presentVersion),
  }),

  'schema.publish': async (ctx, { params, body }) => {
    const { projectId } = params
    const current = await lockSchemaVersion(ctx.db, projectId)
    if (current === undefined) throw new KasautiError('project/not-found')
    if (body.basedOn !== current)
      throw new KasautiError(
        'request/precondition-failed',
        `The schema is at version ${current}; this change was based on version ${body.basedOn}.`,
        { extra: { version: current } },
      )
    const before = await loadSchema(ctx.app, ctx.db, { projectId, version: current })
    const schema = parsed(body.schema)
    if (sameJson(before.schema, schema)) throw new KasautiError('schema/unchanged')
    const problems = [...(await taxonomyProblems(ctx.app, ctx.db, { projectId, schema }))]
    if (await hasItems(ctx.db, projectId)) problems.push(...inputProblems(before.schema, schema))
    if (problems.length > 0) throw new KasautiError('schema/invalid', undefined, { problems })
    const row = { projectId, version: current + 1, schema, note: body.note }
    await insertSchema(ctx.db, { ...row, createdBy: ctx.caller.userId, now: ctx.now })
    await setSchemaVersion(ctx.db, row)
    ctx.afterCommit(() => ctx.app.announce({ kind: 'project.changed', projectId }))
    return { ...row, createdAt: ctx.now, createdBy: ctx.caller.name }
  },

  'schema.check': async (_, { body }) => {
    const schema = parseTaskSchema(body.schema)
    if (!schema.ok) return { problems: schema.error.map(toProblem) }
    return { problems: checkAgainst(schema.value, body).map(toProblem) }
  },
})

const toProblem = ({ path, message }: Problem) => ({ path, message })

/** Problems of an input and of answers. Taxonomies are a project's: here every node passes. */
function checkAgainst(
  schema: TaskSchema,
  given: {
    input?: Record<string, unknown> | undefined
    answers?: Record<string, unknown> | undefined
  },
): readonly Problem[] {
  if (!given.input) return []
  const inputs = readInputs(schema, given.input)
  if (!inputs.ok) return inputs.error
  if (!given.answers) return []
  const loaded = loadedSchema(schema, 0, () => anyTree)
  return checkAnswers(schema, inputs.value, given.answers, loaded.context(inputs.value))
}
const anyTree = {
  has: () => true,
  isLeaf: () => true,
  path: (id: string) => [id],
  title: (id: string) => id,
}

/** Throws `schema/invalid` with the paths. */
export function parsed(raw: unknown): TaskSchema {
  const schema = parseTaskSchema(raw)
  if (!schema.ok) throw new KasautiError('schema/invalid', undefined, { problems: schema.error })
  return schema.value
}

/** Fields may only name taxonomy versions the project has. */
async function taxonomyProblems(
  app: App,
  db: Db,
  at: { projectId: string; schema: TaskSchema },
): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  for (const { path, name, version } of taxonomiesOf(at.schema)) {
    if (await loadTree(app, db, { projectId: at.projectId, name, version })) continue
    problems.push({ path, message: `no taxonomy "${name}" version ${version} in this project` })
  }
  return problems
}
