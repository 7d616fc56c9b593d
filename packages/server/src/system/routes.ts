import { handlers, idAfter, pageById } from '../platform/http/index.ts'
import { checkInstallation } from './checks.ts'
import { streamEvents } from './event-stream.ts'
import { countJobs, findDatabaseFacts, listAuditEvents, ping } from './storage.ts'
import { kasautiVersion } from './version.ts'

export const routes = handlers({
  'system.health': async (ctx) => {
    await ping(ctx.db)
    return { ok: true, version: kasautiVersion }
  },

  'system.status': async (ctx) => {
    const database = await findDatabaseFacts(ctx.db)
    return {
      version: kasautiVersion,
      node: process.version,
      postgres: database.version,
      dataBytes: database.bytes,
      uptimeSeconds: process.uptime(),
      rssBytes: process.memoryUsage.rss(),
      checks: await checkInstallation(ctx.app, database),
      jobs: await countJobs(ctx.db),
    }
  },

  'system.events': async (ctx, { response, lastEventId }) => {
    await streamEvents({ app: ctx.app, caller: ctx.caller, response, lastEventId })
    return undefined
  },

  'system.audit': async (ctx, { query }) => {
    const rows = await listAuditEvents(ctx.db, {
      before: idAfter(query.after),
      limit: query.limit + 1,
    })
    const { shown, next } = pageById(rows, query.limit, (row) => row.audit_id)
    return {
      rows: shown.map((row) => ({
        at: row.at,
        who: row.who ?? '',
        what: row.what,
        projectName: row.project_name ?? undefined,
        detail: row.detail,
      })),
      next,
    }
  },
})
