/** Returned work finds whom it is for now, and those who have to know hear of it. */
import { encodeId, idPrefixes, type Outcome, referenceOf } from '@kasauti/core'
import type { LockedAnnotation } from '../annotation/index.ts'
import { notify } from '../notification/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import type { Work } from '../work/index.ts'
import { findProjectName, listLeads, returnToAuthor } from './storage.ts'

export type Returned = {
  readonly projectId: string
  readonly work: Work
  readonly annotation: Pick<LockedAnnotation, 'author_id' | 'assignment_id'>
  readonly outcome: Outcome
}

export async function sendBack(ctx: Ctx, of: Returned): Promise<void> {
  const { outcome } = of
  if (outcome.to === 'author') await toAuthor(ctx, of)
  if (outcome.to === 'another')
    await notify(ctx.db, ctx.app, await noteTo(ctx, of, 'work-passed-on'))
  if ((outcome.to === 'author' || outcome.to === 'another') && outcome.often)
    await tellLeads(ctx, of)
}

/** The author has it again, before anything new. */
export async function toAuthor(ctx: Ctx, of: Omit<Returned, 'outcome'>): Promise<void> {
  const { projectId, annotation } = of
  await returnToAuthor(ctx.db, { projectId, assignmentId: annotation.assignment_id })
  await notify(ctx.db, ctx.app, await noteTo(ctx, of, 'work-returned'))
  ctx.afterCommit(() =>
    ctx.app.announce({ kind: 'work.returned', projectId, toUserId: annotation.author_id }),
  )
}

const noteTo = async (
  ctx: Ctx,
  { projectId, work: { row, item }, annotation }: Omit<Returned, 'outcome'>,
  kind: 'work-returned' | 'work-passed-on',
) => ({
  userId: annotation.author_id,
  kind,
  projectId,
  params: {
    // Where gold stands hidden in the work, its people know items by references.
    item: row.hidden_gold ? referenceOf(item.ordinal, row.seed) : item.key,
    project: await findProjectName(ctx.db, projectId),
  },
  href: '/',
})

/** Author and reviewer do not come to an end by themselves. */
async function tellLeads(ctx: Ctx, { projectId, work: { item } }: Returned): Promise<void> {
  const project = await findProjectName(ctx.db, projectId)
  const [prj, itm] = [
    encodeId(idPrefixes.project, projectId),
    encodeId(idPrefixes.item, item.itemId),
  ]
  for (const userId of await listLeads(ctx.db, projectId))
    await notify(ctx.db, ctx.app, {
      userId,
      kind: 'returned-often',
      projectId,
      params: { item: item.key, project },
      href: `/projects/${prj}/items/${itm}`,
    })
}
