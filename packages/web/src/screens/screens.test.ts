import { taxonomyTree } from '@kasauti/catalog'
import { projectRoles } from '@kasauti/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inNav, matchRank, screensFor, withStages } from '../frame/index.ts'
import { axisTop, lastDays, passwordStrength } from '../parts/index.ts'
import { readItemsSearch } from '../platform/router/items-search.ts'
import { answerWords } from '../workbench/index.ts'
import { deviceName } from './account/device-name.ts'
import { sourceValue, withKey, withSource } from './import/mapping.ts'
import { answerAt, placesOf } from './item/answer-lines.ts'
import { nodeChoices } from './items/answer-choices.ts'
import { cellText, rowsAsText } from './items/rows-as-text.ts'
import { idFrom, readSkipReasons } from './settings/SkipReasons.tsx'

test('everybody sees the overview, and nobody a screen beyond their role', () => {
  expect(screensFor(['stakeholder']).map((s) => s.id)).toEqual([
    'overview',
    'batches',
    'deliveries',
    'workflow',
  ])
  expect(screensFor(['associate']).map((s) => s.id)).toEqual([
    'overview',
    'work',
    'adjudicate',
    'workflow',
    'appeals',
  ])
  expect(screensFor(['lead'])).toEqual(screensFor(projectRoles))
  expect(screensFor([]).map((s) => s.id)).toEqual(['overview', 'workflow'])
  expect(withStages(screensFor(['associate']), ['annotate']).map((s) => s.id)).toEqual([
    'overview',
    'work',
    'workflow',
    'appeals',
  ])
  const navOf = (role: 'associate' | 'reviewer') => inNav(screensFor([role]), [role])
  expect(navOf('associate').map((s) => s.id)).not.toContain('appeals')
  expect(navOf('reviewer').map((s) => s.id)).toContain('appeals')
})

test('the palette finds words by their start first, in Devanagari as it is written', () => {
  expect(matchRank('Go to projects', 'pro')).toBeLessThan(matchRank('Improve', 'pro') ?? -1)
  expect(matchRank('समीक्षा करें', 'समीक्षा')).toBeDefined()
  expect(matchRank('समाक्षा', 'समीक्षा')).toBeUndefined()
  expect(matchRank('Café', 'cafe')).toBeDefined()
  expect(matchRank('People', 'people zzz')).toBeUndefined()
})

test('a copied cell is one cell and never a formula', () => {
  expect(cellText('a\tb\r\nc')).toBe('a b c')
  for (const sign of '=+-@') expect(cellText(`${sign}cmd`)).toBe(`'${sign}cmd`)
  fc.assert(
    fc.property(
      fc.string(),
      (text) => !/[\t\r\n]/.test(cellText(text)) && !/^[=+\-@]/.test(cellText(text)),
    ),
  )
})

test('copied rows have a heading and as many cells in each line', () => {
  const row = {
    itemId: 'itm',
    ordinal: 1,
    key: 'k',
    preview: 'एक\tदो',
    batchId: 'b',
    batch: '',
    state: 'open' as const,
    annotations: 0,
    activeMs: 1500,
    updatedAt: 'now',
    answers: [{ field: 'f', summary: 's' }],
    authors: ['A'],
  }
  const lines = rowsAsText([row, row], (key) => key).split('\n')
  expect(new Set(lines.map((line) => line.split('\t').length)).size).toBe(1)
  expect(lines).toHaveLength(3)
})

test('days without work are drawn as zero', () => {
  const days = lastDays([{ day: '2026-02-28', submitted: 5, reviewed: 1 }], '2026-03-01', {
    n: 3,
    empty: { submitted: 0, reviewed: 0 },
  })
  expect(days.map((d) => [d.day, d.submitted])).toEqual([
    ['2026-02-27', 0],
    ['2026-02-28', 5],
    ['2026-03-01', 0],
  ])
})

test('the top of an axis is round and never below the highest bar', () => {
  expect([0, 4, 5, 18, 21, 99, 101].map(axisTop)).toEqual([4, 4, 5, 20, 50, 100, 200])
  fc.assert(fc.property(fc.integer({ min: 0, max: 10_000_000 }), (n) => axisTop(n) >= n))
})

test('an address that was tampered with gives the plain table', () => {
  expect(readItemsSearch({ sort: 'drop table', direction: 1, filter: 'x' })).toEqual({})
  expect(readItemsSearch({ sort: 'key', direction: 'desc', filter: { state: ['open'] } })).toEqual({
    sort: 'key',
    direction: 'desc',
    filter: { state: ['open'] },
  })
})

test('mapping an input to a column, a row, or nothing', () => {
  const start = { inputs: {} }
  const mapped = withSource(start, 'text', 'column प्रश्न')
  expect(mapped.inputs).toEqual({ text: { column: 'प्रश्न' } })
  expect(sourceValue(mapped.inputs['text'])).toBe('column प्रश्न')
  expect(withSource(mapped, 'text', 'row').inputs).toEqual({ text: { wholeRow: true } })
  expect(withSource(mapped, 'text', '').inputs).toEqual({})
  expect(withKey(withKey(start, 'id'), '')).toEqual(start)
})

test('skip reasons keep their ids, new ones get one, none twice', () => {
  expect(idFrom('Not Hindi at all!')).toBe('not-hindi-at-all')
  const read = readSkipReasons([
    { id: 'broken', en: 'Broken file', hi: '', consequence: 'out' },
    { id: '', en: 'Broken', hi: 'टूटा', consequence: 'others' },
    { id: '', en: '  ', hi: 'x', consequence: 'others' },
    { id: '', en: '???', hi: '', consequence: 'me-later' },
  ])
  expect(read).toEqual([
    { id: 'broken', title: { en: 'Broken file' }, consequence: 'out' },
    { id: 'broken-2', title: { en: 'Broken', hi: 'टूटा' }, consequence: 'others' },
    { id: 'reason', title: { en: '???' }, consequence: 'me-later' },
  ])
})

test('browsers are named in few words', () => {
  expect(
    deviceName(
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36',
    ),
  ).toBe('Chrome, Linux')
  expect(
    deviceName(
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605 Version/17 Safari/605',
    ),
  ).toBe('Safari, macOS')
  expect(deviceName('curl/8')).toBe('curl/8')
})

test('four words beat one word with signs', () => {
  expect(passwordStrength('Password1!')).toBe('weak')
  expect(passwordStrength('aaaaaaaaaaaaaaaa')).toBe('weak')
  expect(passwordStrength('saffron kettle monsoon lane')).toBe('strong')
  expect(passwordStrength('केसर बरसात गलियारा चाबी')).toBe('strong')
})

const title = (en: string, hi?: string) => (hi ? { en, hi } : { en })
const topics = [
  { id: 'sports', title: title('Sports', 'खेल') },
  { id: 'cricket', parent: 'sports', title: title('Cricket', 'क्रिकेट') },
]
const field = (id: string, kind: string, config: Record<string, unknown>) => ({
  id,
  kind,
  title: title(id),
  required: true,
  per: { of: 'item' as const },
  config,
})
const topic = field('topic', 'taxonomy', {
  taxonomy: 'topics',
  version: 1,
  mode: 'single',
  leavesOnly: false,
})
const known = { candidates: {}, taxonomy: () => taxonomyTree(topics) }

test('answers are told by titles and paths, in the language of the page', () => {
  const levels = [1, 2].map((value) => ({ value, title: title(`L${value}`, `स्तर ${value}`) }))
  const quality = field('quality', 'rating', { levels, notApplicable: true })
  const hi = { context: known, locale: 'hi' as const }
  expect(answerWords(quality, 2, hi)).toBe('2 · स्तर 2')
  expect(answerWords(quality, 'not-applicable', hi)).toBe('लागू नहीं')
  expect(answerWords(topic, { version: 1, nodes: ['cricket'] }, hi)).toBe('खेल › क्रिकेट')
  const long = 'अ'.repeat(5000)
  expect(answerWords(field('why', 'text', { lines: 'many' }), long, hi)).toBe(long)
  expect(answerWords(quality, { odd: 1 }, hi)).toBe('{"odd":1}')
  expect(answerWords(quality, undefined, hi)).toBe('')
})

test('a row stands for each thing somebody answered, turns in the order of their numbers', () => {
  const quality = {
    ...field('q', 'rating', {}),
    per: { of: 'turn' as const, input: 'c', roles: ['x'] },
  }
  const schema = { version: 1 as const, inputs: [], fields: [topic, quality] }
  const places = placesOf(schema, [{ q: { t10: 1 } }, { q: { t2: 2, t10: 2 } }])
  expect(places.map((p) => p.key)).toEqual(['q t2', 'q t10'])
  expect(places.map((p) => answerAt({ q: { t2: 2 } }, p))).toEqual([2, undefined])
})

test('nodes are offered by the path of their titles, whatever their order and even in a circle', () => {
  expect(nodeChoices(topics.toReversed(), 'hi')).toEqual([
    { value: 'cricket', label: 'खेल › क्रिकेट' },
    { value: 'sports', label: 'खेल' },
  ])
  const circle = [{ id: 'a', parent: 'a', title: title('A') }]
  expect(nodeChoices(circle, 'en')).toHaveLength(1)
})
