import type { WireOutput } from '@kasauti/contract'

type View = WireOutput<'view.list'>['rows'][number]
export type ItemsFilter = View['filter']
export type ItemsSort = View['sort']

/** The items table's state in the address: can be bookmarked and sent. */
export type ItemsSearch = {
  readonly sort?: ItemsSort | undefined
  readonly direction?: 'asc' | 'desc' | undefined
  readonly filter?: ItemsFilter | undefined
}

const sorts: readonly string[] = [
  'ordinal',
  'key',
  'updatedAt',
  'annotations',
  'activeMs',
] satisfies ItemsSort[]
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Read the address; what does not fit is left out (the server checks the filter itself). */
export function readItemsSearch(search: Record<string, unknown>): ItemsSearch {
  const { sort, direction, filter } = search
  return {
    ...(typeof sort === 'string' && sorts.includes(sort) ? { sort: sort as ItemsSort } : {}),
    ...(direction === 'desc' ? { direction } : {}),
    ...(isObject(filter) && Object.keys(filter).length > 0
      ? { filter: filter as ItemsFilter }
      : {}),
  }
}
