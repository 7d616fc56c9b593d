import type { Input } from '@kasauti/contract'
import type { Stage, WhatIf } from '@kasauti/core'
import { dayOf } from '../item/index.ts'
import { handlers } from '../platform/http/index.ts'
import { makeAndKeep, makeForecast } from './make.ts'
import { presentForecast, presentRecord } from './presenter.ts'
import { listRecord } from './storage.ts'

export const routes = handlers({
  'forecast.get': async (ctx, { params, query }) => {
    const at = { ...params, now: ctx.now }
    const change = changeOf(query, ctx.now)
    const made = isNoChange(change)
      ? await makeAndKeep(ctx.app, ctx.db, at)
      : await makeForecast(ctx.app, ctx.db, { ...at, change })
    return presentForecast(made)
  },

  'forecast.project': async (ctx, { params, query }) => {
    const change = changeOf(query, ctx.now)
    const at = { projectId: params.projectId, batchId: undefined, now: ctx.now, change }
    return presentForecast(await makeForecast(ctx.app, ctx.db, at))
  },

  'forecast.record': async (ctx, { params }) => {
    const rows = (await listRecord(ctx.db, params.projectId)).map(presentRecord)
    return { batches: rows.length, within: rows.filter((r) => r.within).length, rows }
  },
})

type Query = Input<'forecast.get'>['query']
const checking: readonly Stage[] = ['review', 'adjudicate', 'audit']

function changeOf(query: Query, now: Date): WhatIf {
  const { people, reviewers, overlap, hours, away } = query
  const today = dayOf(now)
  return {
    ...(people || reviewers
      ? {
          people: [
            { n: people ?? 0, stages: ['annotate' as const] },
            { n: reviewers ?? 0, stages: checking },
          ],
        }
      : {}),
    ...(overlap === undefined ? {} : { overlap }),
    ...(hours ? { hours } : {}),
    ...(away === undefined
      ? {}
      : {
          away: {
            person: away,
            firstDay: query.awayFrom ?? today,
            lastDay: query.awayTo ?? '9999-12-31',
          },
        }),
  }
}
const isNoChange = (change: WhatIf): boolean => Object.keys(change).length === 0
