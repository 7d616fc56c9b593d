import { useEffect, useState } from 'react'
import type { EditorProps } from '../../../browser/kinds.ts'
import { indexTaxonomy, type TaxonomyIndex } from './taxonomy-search.ts'
import type { TaxonomyAnswer, TaxonomyConfig } from './taxonomy-tool.ts'

/** Indexes by the array of nodes they were made of: the loader gives the same array for a version. */
const made = new WeakMap<object, TaxonomyIndex>()

export function useTaxonomy(
  config: TaxonomyConfig,
  load: EditorProps<TaxonomyConfig, TaxonomyAnswer>['loadTaxonomy'],
): TaxonomyIndex | 'loading' | 'failed' {
  const [index, setIndex] = useState<TaxonomyIndex | 'loading' | 'failed'>('loading')
  const { taxonomy, version } = config
  useEffect(() => {
    let gone = false
    load(taxonomy, version).then(
      (nodes) => {
        const known = made.get(nodes) ?? indexTaxonomy(nodes)
        made.set(nodes, known)
        if (!gone) setIndex(known)
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
