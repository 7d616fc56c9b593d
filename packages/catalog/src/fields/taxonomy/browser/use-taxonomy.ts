import { useEffect, useState } from 'react'
import type { EditorProps } from '../../../browser/kinds.ts'
import type { TaxonomyNode } from '../../../task-schema/schema.ts'
import { indexInSlices, type TaxonomyIndex } from './taxonomy-search.ts'
import type { TaxonomyAnswer, TaxonomyConfig } from './taxonomy-tool.ts'

/** Indexes by the array of nodes they were made of: the loader gives the same array for a version. */
const made = new WeakMap<object, Promise<TaxonomyIndex>>()
const pause = () => new Promise<void>((resolve) => setTimeout(resolve))

function indexOf(nodes: readonly TaxonomyNode[]): Promise<TaxonomyIndex> {
  const known = made.get(nodes) ?? indexInSlices(nodes, pause)
  made.set(nodes, known)
  return known
}

export function useTaxonomy(
  config: TaxonomyConfig,
  load: EditorProps<TaxonomyConfig, TaxonomyAnswer>['loadTaxonomy'],
): TaxonomyIndex | 'loading' | 'failed' {
  const [index, setIndex] = useState<TaxonomyIndex | 'loading' | 'failed'>('loading')
  const { taxonomy, version } = config
  useEffect(() => {
    let gone = false
    load(taxonomy, version)
      .then(indexOf)
      .then(
        (found) => {
          if (!gone) setIndex(found)
        },
        () => {
          if (!gone) setIndex('failed')
        },
      )
    return () => {
      gone = true
    }
  }, [taxonomy, version, load])
  return index
}
