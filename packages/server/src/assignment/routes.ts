import { leaseSeconds } from '@kasauti/core'
import { z } from 'zod'
import { decodeCursor, encodeCursor, handlers } from '../platform/http/index.ts'
import { assign } from './assign.ts'
import { reassign } from './reassign.ts'
import { type HeldRow, listHeld } from './storage.ts'
import { takeBack } from './take-back.ts'

export const routes = handlers({
  'assignment.list': async (ctx, { params, query }) => {
    const after =
      query.after === undefined ? null : decodeCursor(z.tuple([z.uuid()]), query.after)[0]
    const rows = await listHeld(ctx.db, {
      ...params,
      ...query,
      after,
      limit: query.limit + 1,
    })
    const shown = rows.slice(0, query.limit)
    const last = rows.length > query.limit ? shown.at(-1) : undefined
    return {
      rows: shown.map(present),
      ...(last ? { next: encodeCursor([last.assignment_id]) } : {}),
    }
  },

  'assignment.assign': (ctx, { params, body }) => assign(ctx, { ...params, ...body }),

  'assignment.reassign': (ctx, { params, body }) => reassign(ctx, { ...params, ...body }),

  'assignment.release': async (ctx, { params, body }) => {
    const { released, left } = await takeBack(ctx, { ...params, ...body })
    return { released, left }
  },
})

const present = (row: HeldRow) => ({
  assignmentId: row.assignment_id,
  itemId: row.item_id,
  key: row.key,
  batchId: row.batch_id,
  batchName: row.batch_name,
  stage: row.stage,
  state: row.state,
  userId: row.user_id,
  name: row.name,
  present: row.present,
  startedAt: row.started_at,
  ...(row.state === 'leased'
    ? {
        seenAt: new Date(row.lease_expires_at.getTime() - leaseSeconds * 1000),
        leaseExpiresAt: row.lease_expires_at,
      }
    : row.state === 'deferred'
      ? { leaseExpiresAt: row.lease_expires_at }
      : {}),
  ...(row.assigned_by ? { assignedBy: row.assigned_by } : {}),
  activeMs: row.active_ms,
})
