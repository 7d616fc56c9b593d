import { describe, expect, it } from 'vitest'
import { taxonomyTree } from '../../task-schema/taxonomy.ts'
import { taxonomy } from './index.ts'

const tree = taxonomyTree(
  ['sports', 'sports/ball', 'sports/ball/cricket', 'sports/ball/hockey', 'health'].map((id) => {
    const parent = id.includes('/') ? id.slice(0, id.lastIndexOf('/')) : undefined
    return { id, title: { en: id }, ...(parent ? { parent } : {}) }
  }),
)
const context = { candidates: {}, taxonomy: () => tree }
const config = taxonomy.config.parse({ taxonomy: 'topics', version: 1, mode: 'multiple' })
const answer = (...nodes: string[]) => ({ version: 1, nodes })
const distance = (a: string[], b: string[]) =>
  taxonomy.compare(answer(...a), answer(...b), config, context).distance

describe('taxonomy', () => {
  it('finds siblings near and strangers far', () => {
    expect(distance(['sports/ball/cricket'], ['sports/ball/hockey'])).toBeCloseTo(1 / 3)
    expect(distance(['sports/ball/cricket'], ['sports/ball'])).toBeCloseTo(1 / 5)
    expect(distance(['sports/ball/cricket'], ['health'])).toBe(1)
  })
  it('averages over the nearest of several nodes', () => {
    expect(distance(['sports/ball/cricket', 'health'], ['health'])).toBeCloseTo(1 / 3)
    expect(distance(['health', 'sports'], ['sports', 'health'])).toBe(0)
  })
  it('settles equal votes for the node nearest to all', () => {
    const votes = [answer('health'), answer('sports/ball/cricket'), answer('sports/ball/hockey')]
    const single = { ...config, mode: 'single' as const }
    expect(taxonomy.merge(votes, single, context)?.answer.nodes).toEqual(['sports/ball/cricket'])
  })
  it('adds what is above to the facets if the tree is known', () => {
    const facets = (c: Parameters<typeof taxonomy.facets>[2]) =>
      taxonomy.facets(answer('sports/ball/cricket'), config, c)
    expect(facets(context)).toEqual(['sports/ball/cricket', 'sports', 'sports/ball'])
    expect(facets({ ...context, taxonomy: () => undefined })).toEqual(['sports/ball/cricket'])
  })
})
