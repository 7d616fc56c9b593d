/**
 * Does anything the page receives tell gold from work? Associates work through the real API; all of their
 * traffic becomes numbers; two classifiers try to find the gold in them.
 */
import { chanceFrom, decodeId, encodeId } from '@kasauti/core'
import type { Person } from '@kasauti/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { furnish, type House, house } from '../fixtures/index.ts'
import { crossValidated, logistic, type Sample, stumps } from './fixtures/adversary.ts'

const items = 920
const golds = 260
const overlap = 3
const names = ['ana', 'ben', 'chitra', 'dev'] as const

const words = ['match', 'चुनाव', 'vote', 'doctor', 'खेल', 'goal', 'अस्पताल', 'law', '🏏', 'team']

type Seen = { readonly features: number[]; readonly text: string; readonly assignmentId: string }

let h: House
let seen: Seen[]
const refusals: string[] = []
let goldTexts: Set<string>
/** By text: what a system without references would have sent along. */
let places: Map<string, { ordinal: number; itemId: string }>

beforeAll(async () => {
  h = await house()
  const chance = chanceFrom(5)
  const text = (n: number) =>
    `${Array.from(
      { length: 6 + Math.floor(chance() * 30) },
      () => words[Math.floor(chance() * 10)],
    ).join(' ')} ${Math.floor(chance() * 1e9)}${n % 1}`
  const people = Object.fromEntries(names.map((n) => [n, ['associate'] as const]))
  const w = await furnish(h, {
    people: { ...people, lea: ['lead'] },
    items,
    wanted: overlap,
    inputs: (n) => ({ text: { text: text(n) } }),
  })
  const { rows } = await sql<{ item_id: string; ordinal: number; text: string }>`
    select i.item_id, i.ordinal, n.inputs->'text'->>'text' as text from items i
    join item_inputs n on n.project_id = i.project_id and n.item_id = i.item_id
    where i.project_id = ${w.projectId} order by i.ordinal`.execute(h.app.db)
  await sql`update item_inputs n set preview = left(n.inputs->'text'->>'text', 100)
    where n.project_id = ${w.projectId}`.execute(h.app.db)
  places = new Map(rows.map((r) => [r.text, { ordinal: r.ordinal, itemId: r.item_id }]))
  const lead = (w.people as Record<string, Person>)['lea'] as Person
  const chosen = rows.slice(0, golds)
  goldTexts = new Set(chosen.map((r) => r.text))
  for (const row of chosen)
    await h.call(lead, 'POST', `${w.path}/gold`, {
      itemId: encodeId('itm', row.item_id),
      answers: { topic: 'sports' },
      explanation: { en: 'So it is.' },
    })
  const gold = { hidden: true, least: 0.18, most: 0.18, feedback: 'daily', tolerances: {} }
  await h.call(lead, 'PATCH', w.path, { settings: { gold } })
  const workers = names.map((name, i) =>
    work((w.people as Record<string, Person>)[name] as Person, w.path, chanceFrom(100 + i)),
  )
  seen = (await Promise.all(workers)).flat()
}, 120_000)
afterAll(() => h.close())

const idBytes = (prefix: 'asg' | 'ann', id: string | undefined): number[] => {
  const hex = (id && decodeId(prefix, id))?.replaceAll('-', '') ?? '0'.repeat(32)
  return Array.from({ length: 16 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16))
}
const shape = (value: unknown): number => {
  let sum = 0
  for (const c of JSON.stringify(value, (_, v) =>
    v !== null && typeof v === 'object' ? v : typeof v,
  ))
    sum = (Math.imul(sum, 31) + c.charCodeAt(0)) & 0xffff
  return sum
}

const untouched = { beat: { ms: -1, status: -1 }, draft: { ms: -1, json: { draftVersion: -1 } } }

/**
 * How long answers take is compared with `KASAUTI_LEAK_CLOCK=wall`, on a machine that does nothing else:
 * what a busy one shows is its own noise.
 */
const clock = process.env['KASAUTI_LEAK_CLOCK'] === 'wall' ? 'wall' : 'none'

/** One associate's day, as the page does it. @returns what each item looked like from there */
async function work(by: Person, path: string, chance: () => number): Promise<Seen[]> {
  const out: Seen[] = []
  const mine = { today: 0, submitted: 0, unread: 0, lastKey: '' }
  const timed = async (method: string, to: string, body?: unknown) => {
    const start = performance.now()
    const { json, status } = await h.call(by, method, to, body)
    if (status !== 200) refusals.push(`${method} ${to}: ${JSON.stringify(json)}`)
    return { json, status, ms: clock === 'wall' ? performance.now() - start : 0 }
  }
  const look = async () => {
    const { json } = await timed('GET', '/today')
    const [project] = json.projects
    const now = { waits: project.toAnnotate, submitted: json.submittedToday, shape: shape(json) }
    const features = [now.waits - mine.today, now.submitted - mine.submitted, now.shape]
    mine.today = now.waits
    mine.submitted = now.submitted
    return features
  }
  const touch = async (item: { draftVersion: number }, at: string) => ({
    beat: await timed('POST', `${at}/heartbeat`, { activeMs: 1 }),
    draft: await timed('PUT', `${at}/draft`, {
      answers: { topic: 'sports' },
      basedOn: item.draftVersion,
      activeMs: 2,
    }),
  })
  await look()
  for (;;) {
    const count = 1 + Math.floor(chance() * 3)
    const claimed = await timed('POST', `${path}/claim`, { count })
    const rows = claimed.json.rows ?? []
    if (rows.length === 0 || out.length >= 530) return out
    const afterClaim = await look()
    for (const [place, item] of rows.entries()) {
      const at = `${path}/assignments/${item.assignmentId}`
      const { beat, draft } = chance() < 0.3 ? await touch(item, at) : untouched
      const skips = chance() < 0.04
      const sent = skips
        ? await timed('POST', `${at}/skip`, { reason: 'unclear', activeMs: 2 })
        : await timed('POST', `${at}/submit`, { answers: { topic: 'sports' }, activeMs: 3 })
      const afterSubmit = await look()
      const recent = (await timed('GET', `${path}/assignments?limit=3`)).json.rows
      const key: string = item.key
      out.push({
        text: item.inputs.text.text,
        assignmentId: item.assignmentId,
        features: [
          place,
          rows.length,
          count - rows.length,
          JSON.stringify(item).length,
          shape(item),
          item.inputs.text.text.length,
          ...idBytes('asg', item.assignmentId),
          ...[...key].map((c) => c.charCodeAt(0)),
          key > mine.lastKey ? 1 : 0,
          Date.parse(item.leaseExpiresAt) % 1000,
          item.schemaVersion,
          claimed.ms,
          ...afterClaim,
          beat.ms,
          beat.status,
          draft.ms,
          draft.json.draftVersion ?? -1,
          sent.status,
          sent.ms,
          shape(sent.json),
          ...idBytes('ann', sent.json.annotationId),
          Number.parseInt(sent.json.hash?.slice(0, 4) ?? '0', 16),
          Date.parse(sent.json.submittedAt ?? 0) % 1000,
          sent.json.revision ?? -1,
          ...afterSubmit,
          recent.findIndex((r: { assignmentId: string }) => r.assignmentId === item.assignmentId),
          Number(recent[0]?.mayReopen ?? false),
          recent[0]?.preview.length ?? 0,
          shape(recent[0] ?? {}),
        ],
      })
      mine.lastKey = key
    }
  }
}

/** The better of the two attempts. */
const found = (samples: readonly Sample[]): number =>
  Math.max(crossValidated(samples, logistic), crossValidated(samples, stumps))

const samplesOf = (more: (s: Seen) => number[] = () => []): Sample[] =>
  seen.map((s) => ({
    features: [...s.features, ...more(s)],
    group: s.text,
    gold: goldTexts.has(s.text),
  }))

test('there is enough to look at, and about as much gold as was asked for', () => {
  expect(refusals).toEqual([])
  expect(seen.length).toBeGreaterThan(2000)
  const share = seen.filter((s) => goldTexts.has(s.text)).length / seen.length
  expect(share).toBeGreaterThan(0.15)
  expect(share).toBeLessThan(0.21)
  expect(new Set(seen.map((s) => s.features.length)).size).toBe(1)
})

test('nothing the page receives tells gold from work', () => {
  expect(found(samplesOf())).toBeLessThanOrEqual(0.55)
}, 60_000)

test.each([
  ['numbers', (s: Seen) => [places.get(s.text)?.ordinal ?? 0]],
  ['a millisecond more', (s: Seen) => [(s.features[40] ?? 0) % 1, goldTexts.has(s.text) ? 3 : 2]],
])(
  'with %s in the answers it would be found out',
  (_, leak) => {
    expect(found(samplesOf(leak))).toBeGreaterThan(0.8)
  },
  60_000,
)
