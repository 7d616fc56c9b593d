import { z } from 'zod'
import { ViewId } from './ids.ts'
import { ItemFilter, ItemSort, seesItems } from './item.ts'
import { operations } from './operation.ts'
import { P } from './project.ts'

export const SavedView = z.object({
  viewId: ViewId,
  name: z.string(),
  shared: z.boolean(),
  mine: z.boolean(),
  sort: ItemSort,
  direction: z.enum(['asc', 'desc']),
  filter: ItemFilter,
})
const ViewBody = z.object({
  name: z.string().trim().min(1).max(80),
  shared: z.boolean().default(false),
  sort: ItemSort,
  direction: z.enum(['asc', 'desc']),
  filter: ItemFilter,
})
export const viewOperations = operations('view', {
  list: {
    method: 'GET',
    path: '/projects/:projectId/views',
    summary: 'My saved views and the shared ones',
    may: seesItems,
    params: P,
    output: z.object({ rows: z.array(SavedView) }),
  },
  save: {
    method: 'POST',
    path: '/projects/:projectId/views',
    summary: 'Save a view of the items table (same name: overwrite mine)',
    may: seesItems,
    params: P,
    body: ViewBody,
    output: SavedView,
  },
  remove: {
    method: 'DELETE',
    path: '/projects/:projectId/views/:viewId',
    summary: 'Forget a saved view of mine',
    may: seesItems,
    params: P.extend({ viewId: ViewId }),
    errors: ['view/not-found'],
  },
})
