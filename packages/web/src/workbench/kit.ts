/** What showing an item needs besides the item: its task schema, the rooms' browser parts, the taxonomies. */
import {
  type AnswerContext,
  context,
  type TaskSchema,
  type TaxonomyNode,
  type TaxonomyTree,
  taxonomyTree,
} from '@kasauti/catalog'
import {
  type FieldEditor,
  fieldEditor,
  type InputView,
  inputView,
  type LocalMessages,
  type Translate,
} from '@kasauti/catalog/browser'
import type { Locale } from '@kasauti/core'
import { useEffect, useState } from 'react'
import { client } from '../platform/api/index.ts'
import { translator } from '../platform/i18n/index.ts'
import { withCopy } from './shell.ts'

export type Kit = {
  readonly schema: TaskSchema
  readonly editors: ReadonlyMap<string, FieldEditor>
  readonly views: ReadonlyMap<string, InputView>
  readonly trees: ReadonlyMap<string, TaxonomyTree>
  readonly loadTaxonomy: (name: string, version: number) => Promise<readonly TaxonomyNode[]>
}

const taxonomies = new Map<string, Promise<readonly TaxonomyNode[]>>()
/** A version of a taxonomy never changes: fetched once per page. A failure is not kept. */
export const taxonomyLoader =
  (projectId: string) =>
  (name: string, version: number): Promise<readonly TaxonomyNode[]> => {
    const key = `${projectId} ${name} ${version}`
    const known = taxonomies.get(key)
    if (known) return known
    const fetched = withCopy(`taxonomy ${key}`, () =>
      client.call('taxonomy.get', { params: { projectId, name, version } }),
    ).then((x) => x.nodes)
    taxonomies.set(key, fetched)
    fetched.catch(() => taxonomies.delete(key))
    return fetched
  }

async function loadAll<T>(
  kinds: Iterable<string>,
  load: (kind: string) => Promise<T> | undefined,
): Promise<Map<string, T>> {
  const loaded = await Promise.all(
    [...new Set(kinds)].map(async (kind) => [kind, await load(kind)] as const),
  )
  const found = new Map<string, T>()
  for (const [kind, part] of loaded) if (part !== undefined) found.set(kind, part)
  return found
}

type TaxonomyUse = { readonly taxonomy: string; readonly version: number }
const treeKey = (use: TaxonomyUse) => `${use.taxonomy} ${use.version}`

async function loadTrees(
  schema: TaskSchema,
  load: Kit['loadTaxonomy'],
): Promise<Map<string, TaxonomyTree>> {
  const uses = schema.fields
    .filter((f) => f.kind === 'taxonomy')
    .map((f) => f.config as TaxonomyUse)
  const trees = new Map<string, TaxonomyTree>()
  for (const use of uses) {
    const nodes = await load(use.taxonomy, use.version).catch(() => undefined)
    if (nodes) trees.set(treeKey(use), taxonomyTree(nodes))
  }
  return trees
}

/** Everything needed to show items of a schema. A taxonomy that cannot be loaded is left out. */
export async function makeKit(schema: TaskSchema, loadTaxonomy: Kit['loadTaxonomy']): Promise<Kit> {
  const [editors, views, trees] = await Promise.all([
    loadAll(
      schema.fields.map((f) => f.kind),
      fieldEditor,
    ),
    loadAll(
      schema.inputs.map((i) => i.kind),
      inputView,
    ),
    loadTrees(schema, loadTaxonomy),
  ])
  return { schema, editors, views, trees, loadTaxonomy }
}

type Slot = { readonly promise: Promise<Kit>; kit?: Kit }
const kits = new Map<string, Slot>()

/** The kit of one version of a project's schema, fetched once per page. */
export function fetchKit(projectId: string, version: number): Slot {
  const key = `${projectId} ${version}`
  const known = kits.get(key)
  if (known) return known
  const promise = withCopy(`schema ${key}`, () =>
    client.call('schema.get', { params: { projectId }, query: { version } }),
  ).then((x) => makeKit(x.schema as TaskSchema, taxonomyLoader(projectId)))
  const slot: Slot = { promise }
  kits.set(key, slot)
  promise.then(
    (kit) => {
      slot.kit = kit
    },
    () => kits.delete(key),
  )
  return slot
}

/** The kit in force; at once when it was used before. */
export function useKit(projectId: string, version: number | undefined): Kit | 'loading' | 'failed' {
  const ready = version === undefined ? undefined : kits.get(`${projectId} ${version}`)?.kit
  const [state, setState] = useState<{ version: number; kit: Kit | 'failed' }>()
  useEffect(() => {
    if (version === undefined) return
    let gone = false
    const take = (kit: Kit | 'failed') => {
      if (!gone) setState({ version, kit })
    }
    fetchKit(projectId, version).promise.then(take, () => take('failed'))
    return () => {
      gone = true
    }
  }, [projectId, version])
  return ready ?? (state !== undefined && state.version === version ? state.kit : 'loading')
}

/** The context in which answers to these inputs are checked. */
export const contextOf = (kit: Kit, inputs: Readonly<Record<string, unknown>>): AnswerContext =>
  context(kit.schema, inputs, (name, version) => kit.trees.get(`${name} ${version}`))

const translators = new WeakMap<LocalMessages, Partial<Record<Locale, Translate>>>()
/** A room's texts, translated; compiled once per language. */
export function roomTranslate(messages: LocalMessages, locale: Locale): Translate {
  const made = translators.get(messages) ?? {}
  const known = made[locale]
  if (known) return known
  const t = translator(locale, { ...messages.en, ...messages[locale] })
  translators.set(messages, { ...made, [locale]: t })
  return t
}
