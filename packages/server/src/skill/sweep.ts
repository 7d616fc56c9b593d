import { notify } from '../notification/index.ts'
import type { App } from '../platform/app.ts'
import type { Sweep } from '../platform/jobs/job.ts'
import { findExpiring } from './storage.ts'

/** People are told once, this long before a certificate ends. */
const expiringDays = 14

export async function tellExpiring(app: App): Promise<number> {
  const now = app.now()
  const to = new Date(now.getTime() + expiringDays * 86_400_000)
  const rows = await findExpiring(app.db, { from: now, to, now })
  for (const row of rows)
    await notify(app.db, app, {
      userId: row.user_id,
      kind: 'certificate-expiring',
      params: {
        certificate: row.certificate_id,
        name: row.skill_title.en,
        at: row.expires_at?.toISOString() ?? '',
      },
      href: '/my-skills',
    })
  return rows.length
}

export const certificateSweep: Sweep = {
  name: 'certificates',
  everySeconds: 3600,
  run: async (app) => {
    await tellExpiring(app)
  },
}
