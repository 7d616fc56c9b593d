/** The audit log: who did what. Written beside the act, in its transaction where there is one. */
import type { App, Db } from '../platform/app.ts'
import { json } from '../platform/db/json.ts'
import { insertAuditEvent } from './storage.ts'

/** What is told of the doer; a handler's `ctx` has it. */
export type Doer = {
  readonly app: App
  readonly now: Date
  readonly caller: { readonly userId: string }
  readonly access?: { readonly projectId: string }
}

/**
 * @param what a dotted past participle: `member.set`, `delivery.created`
 * @param detail short facts, no secrets, no content of items; `projectId` of another project than the path's
 */
export function audit(
  db: Db,
  by: Doer,
  what:
    | {
        readonly what: string
        readonly detail?: Readonly<Record<string, string>>
        readonly projectId?: string
      }
    | string,
  detail: Readonly<Record<string, string>> = {},
): Promise<void> {
  const event = typeof what === 'string' ? { what, detail } : { detail, ...what }
  const projectId = event.projectId ?? by.access?.projectId
  return insertAuditEvent(db, {
    auditId: by.app.newId(),
    at: by.now,
    userId: by.caller.userId || null,
    what: event.what,
    projectId: projectId || null,
    detail: json(event.detail),
  })
}
