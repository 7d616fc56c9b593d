import { handlers } from '../platform/http/handler.ts'
import { mine, report } from './report.ts'
import { reportCsv } from './table.ts'

export const routes = handlers({
  'time.report': report,
  'time.table': async (ctx, asked) => {
    const found = await report(ctx, asked)
    return {
      fileName: `time-by-${asked.query.by}-${found.from}-${found.to}.csv`,
      mediaType: 'text/csv; charset=utf-8',
      body: reportCsv(found, asked.query.by),
    }
  },
  'time.mine': mine,
})
