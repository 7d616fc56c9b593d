/** Task schemas ready for use, with the taxonomies their fields ask for, kept in the process. */
import {
  type AnswerContext,
  context,
  parseTaskSchema,
  type TaskSchema,
  type TaxonomyTree,
  taxonomyTree,
} from '@kasauti/catalog'
import { KasautiError } from '@kasauti/core'
import { z } from 'zod'
import type { App, Db } from '../platform/app.ts'
import { Lru } from '../platform/lru.ts'
import { findSchema, findTaxonomyNodes } from './storage.ts'

export type Trees = (name: string, version: number) => TaxonomyTree | undefined
export type LoadedSchema = {
  readonly version: number
  readonly schema: TaskSchema
  readonly trees: Trees
  /** What the fields need to know of one item besides their config. */
  context(inputs: Readonly<Record<string, unknown>>): AnswerContext
}

type Caches = { readonly schemas: Lru<LoadedSchema>; readonly trees: Lru<TaxonomyTree> }
const caches = new WeakMap<App, Caches>()
function cachesOf(app: App): Caches {
  const found = caches.get(app)
  if (found) return found
  const made = { schemas: new Lru<LoadedSchema>(100), trees: new Lru<TaxonomyTree>(40) }
  caches.set(app, made)
  return made
}

/**
 * One committed version of a project's schema. Versions never change, so what was read once is kept;
 * do not ask for a version the running transaction has just written.
 * Throws `schema/not-found`.
 */
export async function loadSchema(
  app: App,
  db: Db,
  at: { projectId: string; version: number },
): Promise<LoadedSchema> {
  const key = `${at.projectId} ${at.version}`
  const kept = cachesOf(app).schemas.get(key)
  if (kept) return kept
  const row = await findSchema(db, at)
  if (!row) throw new KasautiError('schema/not-found')
  const parsed = parseTaskSchema(row.schema)
  if (!parsed.ok) throw new Error(`stored schema ${key} does not parse`)
  const loaded = await withTrees(app, db, { ...at, schema: parsed.value })
  // A taxonomy that a schema names may be published after it.
  const whole = taxonomiesOf(loaded.schema).every((t) => loaded.trees(t.name, t.version))
  if (whole) cachesOf(app).schemas.set(key, loaded)
  return loaded
}

/** A schema with the trees of the taxonomies it names; those that do not exist are left out. */
async function withTrees(
  app: App,
  db: Db,
  at: { projectId: string; version: number; schema: TaskSchema },
): Promise<LoadedSchema> {
  const trees = new Map<string, TaxonomyTree>()
  for (const { name, version } of taxonomiesOf(at.schema)) {
    const tree = await loadTree(app, db, { projectId: at.projectId, name, version })
    if (tree) trees.set(`${name} ${version}`, tree)
  }
  return loadedSchema(at.schema, at.version, (name, version) => trees.get(`${name} ${version}`))
}

export function loadedSchema(schema: TaskSchema, version: number, trees: Trees): LoadedSchema {
  return { version, schema, trees, context: (inputs) => context(schema, inputs, trees) }
}

/** The parsed tree of one taxonomy version; `undefined` if there is none. */
export async function loadTree(
  app: App,
  db: Db,
  at: { projectId: string; name: string; version: number },
): Promise<TaxonomyTree | undefined> {
  const key = `${at.projectId} ${at.name} ${at.version}`
  const kept = cachesOf(app).trees.get(key)
  if (kept) return kept
  const nodes = await findTaxonomyNodes(db, at)
  if (nodes === undefined) return undefined
  const tree = taxonomyTree(nodes as Parameters<typeof taxonomyTree>[0])
  cachesOf(app).trees.set(key, tree)
  return tree
}

const TaxonomyConfig = z.object({ taxonomy: z.string(), version: z.number().int() })

/** Which taxonomy versions a schema's fields name, and where. */
export function taxonomiesOf(
  schema: TaskSchema,
): readonly { readonly path: string; readonly name: string; readonly version: number }[] {
  return schema.fields.flatMap((field, i) => {
    const config = TaxonomyConfig.safeParse(field.kind === 'taxonomy' ? field.config : undefined)
    if (!config.success) return []
    return [
      {
        path: `fields.${i}.config`,
        name: config.data.taxonomy,
        version: config.data.version,
      },
    ]
  })
}
