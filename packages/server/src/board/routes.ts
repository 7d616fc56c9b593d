import { dayOf } from '../item/index.ts'
import { handlers } from '../platform/http/handler.ts'
import { board } from './board.ts'
import { tableCsv } from './tables.ts'

export const routes = handlers({
  'board.get': (ctx, { query }) => board(ctx, query),

  'board.table': async (ctx, { params, query }) => ({
    fileName: `${params.table}-${dayOf(ctx.now)}.csv`,
    mediaType: 'text/csv; charset=utf-8',
    body: tableCsv(await board(ctx, query), params.table),
  }),
})
