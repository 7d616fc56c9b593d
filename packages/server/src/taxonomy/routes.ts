import { checkTaxonomy, TaxonomyNode } from '@kasauti/catalog'
import { KasautiError } from '@kasauti/core'
import { z } from 'zod'
import { handlers } from '../platform/http/handler.ts'
import { findTaxonomy, insertTaxonomy, listTaxonomies, lockNewestTaxonomy } from './storage.ts'

const Nodes = z.array(TaxonomyNode)

export const routes = handlers({
  'taxonomy.list': async (ctx, { params }) => ({
    rows: (await listTaxonomies(ctx.db, params.projectId)).map((row) => ({
      taxonomyId: row.taxonomy_id,
      name: row.name,
      title: row.title,
      version: row.version,
      nodes: row.node_count,
      updatedAt: row.created_at,
    })),
  }),

  'taxonomy.get': async (ctx, { params }) => {
    const row = await findTaxonomy(ctx.db, params)
    if (!row) throw new KasautiError('taxonomy/not-found')
    // A version never changes: the page may keep it, nobody in between and no next person may.
    ctx.setHeader('Cache-Control', 'private, max-age=31536000, immutable')
    ctx.setHeader('Vary', 'Cookie, Authorization')
    ctx.setHeader('ETag', `"${row.taxonomy_id}.${row.version}"`)
    return { name: row.name, version: row.version, title: row.title, nodes: Nodes.parse(row.nodes) }
  },

  'taxonomy.publish': async (ctx, { params, body }) => {
    const problems = checkTaxonomy(body.nodes)
    if (problems.length > 0) throw new KasautiError('taxonomy/invalid', undefined, { problems })
    const newest = await lockNewestTaxonomy(ctx.db, params)
    const row = {
      taxonomyId: newest?.taxonomy_id ?? ctx.app.newId(),
      name: params.name,
      title: body.title,
      version: (newest?.version ?? 0) + 1,
    }
    await insertTaxonomy(ctx.db, {
      ...row,
      projectId: params.projectId,
      nodes: body.nodes,
      createdBy: ctx.caller.userId,
      now: ctx.now,
    })
    ctx.afterCommit(() =>
      ctx.app.announce({ kind: 'project.changed', projectId: params.projectId }),
    )
    return { ...row, nodes: body.nodes.length, updatedAt: ctx.now }
  },
})
