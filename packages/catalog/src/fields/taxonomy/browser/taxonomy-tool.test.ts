import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TaxonomyNode } from '../../../task-schema/schema.ts'
import { fold, skeleton } from './fold.ts'
import {
  highlight,
  indexInSlices,
  indexTaxonomy,
  pathAbove,
  searchTaxonomy,
  treeRows,
} from './taxonomy-search.ts'
import { pick, remember, type TaxonomyConfig } from './taxonomy-tool.ts'

const nodes: readonly TaxonomyNode[] = [
  { id: 'politics', title: { en: 'Politics', hi: 'राजनीति' } },
  {
    id: 'vote',
    parent: 'politics',
    title: { en: 'Elections', hi: 'चुनाव' },
    aliases: ['polls', 'matdaan'],
  },
  { id: 'law', title: { en: 'Law and crime', hi: 'क़ानून और अपराध' } },
  { id: 'cafe', title: { en: 'Cafés and food', hi: 'खाना' } },
  { id: 'geo', parent: 'politics', title: { en: 'Geopolitics', hi: 'भू-राजनीति' } },
]
const index = indexTaxonomy(nodes)
const found = (typed: string, leavesOnly = false) =>
  searchTaxonomy(index, typed, { limit: 10, leavesOnly }).map((n) => n.id)
const config: TaxonomyConfig = { taxonomy: 't', version: 3, mode: 'multiple', leavesOnly: false }

describe('searching a taxonomy', () => {
  it('finds both languages, aliases, and the words of a title', () => {
    expect(found('elec')).toEqual(['vote'])
    expect(found('चुना')).toEqual(['vote'])
    expect(found('polls')).toEqual(['vote'])
    expect(found('crime')).toEqual(['law'])
    expect(found('crime law')).toEqual(['law'])
  })
  it('does not mind accents, case, nukta or its absence', () => {
    expect(found('CAFES')).toEqual(['cafe'])
    expect(found('कानून')).toEqual(['law'])
    expect(found('क़ानून')).toEqual(['law'])
    expect(fold('ज़रूरत')).toBe(fold('जरूरत'))
  })
  it('finds Hindi typed in Roman letters, in several spellings', () => {
    for (const typed of [
      'rajneeti',
      'rajniti',
      'raajneeti',
      'chunaav',
      'chunav',
      'qanoon',
      'kanun',
    ])
      expect(found(typed).length, typed).toBeGreaterThan(0)
    expect(skeleton('राजनीति')).toBe(skeleton('rajneeti'))
  })
  it('ranks a beginning before a place within', () => {
    expect(found('politics')).toEqual(['politics', 'geo'])
  })
  it('leaves branches out where only leaves may be chosen', () => {
    expect(found('politics', true)).toEqual(['geo'])
  })
  it('finds every node by its own title, whatever the letters', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), {
          minLength: 1,
          maxLength: 20,
        }),
        (titles) => {
          const own = indexTaxonomy(titles.map((en, i) => ({ id: `n${i}`, title: { en } })))
          for (const [i, en] of titles.entries())
            if (fold(en) !== '')
              expect(
                searchTaxonomy(own, en, { limit: 100, leavesOnly: false }).map((n) => n.id),
              ).toContain(`n${i}`)
        },
      ),
    )
  })
  it('is the same when indexed in slices', async () => {
    expect(await indexInSlices(nodes, async () => undefined)).toEqual(index)
  })
  it('marks what matched without losing a letter', () => {
    expect(
      highlight('क़ानून और अपराध', 'कानून')
        .filter((p) => p.hit)
        .map((p) => p.text),
    ).toEqual(['क़ानून'])
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        (title, typed) => {
          expect(
            highlight(title, typed)
              .map((p) => p.text)
              .join(''),
          ).toBe(title)
        },
      ),
    )
  })
})

describe('browsing a taxonomy', () => {
  it('shows the branches that are open, with depth and path', () => {
    expect(treeRows(index, new Set()).map((r) => r.node.id)).toEqual(['politics', 'law', 'cafe'])
    expect(treeRows(index, new Set(['politics'])).map((r) => [r.node.id, r.depth, r.open])).toEqual(
      [
        ['politics', 0, true],
        ['vote', 1, undefined],
        ['geo', 1, undefined],
        ['law', 0, undefined],
        ['cafe', 0, undefined],
      ],
    )
    expect(pathAbove(index, nodes[1]!, 'hi')).toEqual(['राजनीति'])
  })
  it('ends where a broken taxonomy leads in a circle', () => {
    const circle = indexTaxonomy([
      { id: 'a', parent: 'b', title: { en: 'A' } },
      { id: 'b', parent: 'a', title: { en: 'B' } },
    ])
    expect(pathAbove(circle, { id: 'a', parent: 'b', title: { en: 'A' } }, 'en')).toEqual(['B'])
  })
})

describe('choosing nodes', () => {
  it('carries the version, adds and takes out, replaces where one may be chosen', () => {
    const one = pick(config, undefined, 'law')
    expect(one).toEqual({ version: 3, nodes: ['law'] })
    expect(pick(config, one, 'vote')?.nodes).toEqual(['law', 'vote'])
    expect(pick(config, one, 'law')).toBeUndefined()
    expect(pick({ ...config, mode: 'single' }, one, 'vote')?.nodes).toEqual(['vote'])
  })
  it('remembers nine, the last used first', () => {
    let recent: readonly string[] = []
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'a'])
      recent = remember(recent, id)
    expect(recent).toEqual(['a', 'j', 'i', 'h', 'g', 'f', 'e', 'd', 'c'])
  })
})
