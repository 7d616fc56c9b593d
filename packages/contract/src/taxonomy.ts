import { TaxonomyNode } from '@kasauti/catalog'
import { LocalText } from '@kasauti/core'
import { z } from 'zod'
import { Instant, TaxonomyId } from './ids.ts'
import { operations } from './operation.ts'
import { anyRole, P } from './project.ts'

export const Taxonomy = z.object({
  taxonomyId: TaxonomyId,
  name: z.string(),
  title: LocalText,
  version: z.number().int(),
  nodes: z.number().int(),
  updatedAt: Instant,
})
const TaxonomyName = z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/)
export const taxonomyOperations = operations('taxonomy', {
  list: {
    method: 'GET',
    path: '/projects/:projectId/taxonomies',
    summary: 'Taxonomies of the project',
    may: anyRole,
    params: P,
    output: z.object({ rows: z.array(Taxonomy) }),
  },
  get: {
    method: 'GET',
    path: '/projects/:projectId/taxonomies/:name/versions/:version',
    summary: 'All nodes of one version (immutable, cacheable)',
    may: anyRole,
    params: P.extend({ name: TaxonomyName, version: z.coerce.number().int().min(1) }),
    output: z.object({
      name: z.string(),
      version: z.number().int(),
      title: LocalText,
      nodes: z.array(TaxonomyNode),
    }),
    errors: ['taxonomy/not-found'],
  },
  publish: {
    method: 'PUT',
    path: '/projects/:projectId/taxonomies/:name',
    summary: 'Publish a new version; nodes as JSON',
    may: ['lead', 'engineer'],
    params: P.extend({ name: TaxonomyName }),
    body: z.object({ title: LocalText, nodes: z.array(TaxonomyNode).min(1).max(50_000) }),
    output: Taxonomy,
    errors: ['taxonomy/invalid'],
  },
})
