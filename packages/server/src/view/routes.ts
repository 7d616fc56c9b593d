import { ItemFilter } from '@kasauti/contract'
import { KasautiError } from '@kasauti/core'
import { z } from 'zod'
import { type Ctx, handlers } from '../platform/http/handler.ts'
import { deleteView, listViews, saveView, type ViewRow } from './storage.ts'

export const routes = handlers({
  'view.list': async (ctx, { params }) => ({
    rows: (await listViews(ctx.db, who(ctx, params))).map((row) => present(row, ctx)),
  }),

  'view.save': async (ctx, { params, body }) => {
    const row = {
      view_id: ctx.app.newId(),
      name: body.name,
      shared: body.shared,
      sort: body.sort,
      direction: body.direction,
      filter: z.encode(ItemFilter, body.filter),
    }
    const viewId = await saveView(ctx.db, who(ctx, params), { ...row, now: ctx.now })
    return present({ ...row, view_id: viewId, user_id: ctx.caller.userId }, ctx)
  },

  'view.remove': async (ctx, { params }) => {
    if (!(await deleteView(ctx.db, who(ctx, params), params.viewId)))
      throw new KasautiError('view/not-found')
    return {}
  },
})

const who = (ctx: Ctx, at: { projectId: string }) => ({
  projectId: at.projectId,
  userId: ctx.caller.userId,
})

const present = (row: ViewRow, ctx: Ctx) => ({
  viewId: row.view_id,
  name: row.name,
  shared: row.shared,
  mine: row.user_id === ctx.caller.userId,
  sort: row.sort,
  direction: row.direction,
  filter: z.decode(ItemFilter, row.filter as z.input<typeof ItemFilter>),
})
