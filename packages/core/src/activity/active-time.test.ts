import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ActivityMark, activeTime, activityKinds, type ReceivedBeat } from './index.ts'

const start = Date.parse('2026-03-02T09:00:00Z')
const s = 1000
const tabA = '7c9e6679-7425-40de-944b-e07fc1f90ae7'
const tabB = '16fd2706-8baf-433b-82eb-8c7fada847da'
const session = { startedAtMs: start, endedAtMs: start + 3600 * s }

/** A beat of a tab whose clock was zero at the start, received `late` after it was closed. */
const beat = (
  seq: number,
  sentMs: number,
  marks: readonly ActivityMark[],
  o: { tab?: string; late?: number } = {},
): ReceivedBeat => ({
  tab: o.tab ?? tabA,
  seq,
  sentMs,
  wallMs: start + sentMs,
  marks: [...marks],
  receivedAtMs: start + sentMs + (o.late ?? 0),
})
const opened: ActivityMark[] = [
  [0, 'show'],
  [0, 'focus'],
  [0, 'touch'],
]
const activeMs = (beats: readonly ReceivedBeat[], within = session) =>
  activeTime(beats, within).activeMs

test('time counts until 30 seconds after the last touch', () => {
  expect(activeMs([beat(0, 20 * s, opened)])).toBe(20 * s)
  expect(activeMs([beat(0, 300 * s, opened)])).toBe(30 * s)
  expect(activeMs([beat(0, 300 * s, [...opened, [100 * s, 'touch'], [110 * s, 'touch']])])).toBe(
    70 * s,
  )
})

test('media that play count without a touch while the page is visible and has the focus', () => {
  const play: ActivityMark[] = [
    [10 * s, 'play'],
    [200 * s, 'pause'],
  ]
  expect(activeMs([beat(0, 300 * s, [...opened, ...play])])).toBe(200 * s)
  expect(activeMs([beat(0, 300 * s, [...opened, ...play, [100 * s, 'hide']])])).toBe(100 * s)
})

test('hidden, without the focus or asleep, nothing counts', () => {
  const touches: ActivityMark[] = [20, 40, 60].map((t): ActivityMark => [t * s, 'touch'])
  const pause = (from: ActivityMark, to: ActivityMark) =>
    activeMs([beat(0, 80 * s, [...opened, ...touches, from, to])])
  expect(pause([25 * s, 'hide'], [55 * s, 'show'])).toBe(50 * s)
  expect(pause([25 * s, 'blur'], [55 * s, 'focus'])).toBe(50 * s)
  expect(pause([25 * s, 'sleep'], [55 * s, 'wake'])).toBe(50 * s)
})

test('time is told by the field that had the focus', () => {
  const marks: ActivityMark[] = [
    [0, 'show'],
    [0, 'focus', 'topic'],
    [0, 'touch'],
    [12 * s, 'focus', 'quality'],
    [15 * s, 'focus'],
  ]
  const { fieldMs, activeMs: all } = activeTime([beat(0, 20 * s, marks)], session)
  expect(fieldMs).toEqual({ topic: 12 * s, quality: 3 * s })
  expect(all).toBe(20 * s)
})

test('two tabs of a person at the same time count once', () => {
  const other = beat(
    0,
    25 * s,
    [
      [5 * s, 'show'],
      [5 * s, 'focus'],
      [5 * s, 'touch'],
    ],
    { tab: tabB },
  )
  expect(activeMs([beat(0, 20 * s, opened), other])).toBe(25 * s)
})

test('beats that come hours later count, up to what passed', () => {
  const late = beat(0, 600 * s, [...opened, [0, 'play']], { late: 2 * 3600 * s })
  const within = { startedAtMs: start, endedAtMs: start + 600 * s + 2 * 3600 * s }
  expect(activeMs([late], within)).toBe(600 * s)
})

test('a page loaded anew while offline: both tell of their own time, though all comes at once', () => {
  const end = start + 7200 * s
  const first = beat(0, 300 * s, [...opened, [0, 'play']])
  const second = beat(0, 200 * s, [...opened, [0, 'play']], { tab: tabB })
  const beats = [
    { ...first, receivedAtMs: end },
    { ...second, wallMs: start + 510 * s, receivedAtMs: end },
  ]
  expect(activeMs(beats, { startedAtMs: start, endedAtMs: end })).toBe(500 * s)
})

test('a client whose clock runs fast gets no more than the server saw pass', () => {
  const fast = [1, 2, 3].map((n) => ({
    ...beat(n - 1, n * 3600 * s, [[(n - 1) * 3600 * s, 'play'], ...opened]),
    receivedAtMs: start + n * s,
  }))
  expect(activeMs(fast, { startedAtMs: start, endedAtMs: start + 3 * s })).toBeLessThanOrEqual(
    3 * s,
  )
})

test('a slow journey of one beat moves nothing', () => {
  const beats = [
    beat(0, 15 * s, opened, { late: 4 * s }),
    beat(1, 25 * s, [], { late: 50 }),
    beat(2, 30 * s, [[26 * s, 'hide']], { late: 6 * s }),
  ]
  const { intervals } = activeTime(beats, session)
  expect(intervals).toEqual([{ fromMs: start + 50, toMs: start + 26 * s + 50 }])
})

test('a clock that stopped while the machine slept is set right by what comes after', () => {
  const beats = [
    beat(0, 10 * s, opened, { late: 20 }),
    beat(
      1,
      30 * s,
      [
        [12 * s, 'sleep'],
        [12 * s + 1, 'wake'],
        [13 * s, 'touch'],
      ],
      { late: 3600 * s },
    ),
  ]
  const within = { ...session, endedAtMs: start + 2 * 3600 * s }
  const { intervals, activeMs: all } = activeTime(beats, within)
  expect(intervals.at(-1)?.toMs).toBe(start + 3630 * s)
  expect(all).toBe(30 * s - 1)
})

test('a beat that got lost costs its own time only', () => {
  const again = (at: number): ActivityMark[] => opened.map(([, kind]) => [at, kind])
  const beats = [0, 1, 2].map((n) => beat(n, (n + 1) * 15 * s, again(n * 15 * s)))
  expect(activeMs(beats)).toBe(45 * s)
  expect(activeMs(beats.filter((b) => b.seq !== 1))).toBe(30 * s)
})

test('nonsense counts nothing, or no more than passed', () => {
  const nonsense: ActivityMark[] = [
    [Number.NaN, 'show'],
    [Number.POSITIVE_INFINITY, 'focus'],
    [1e300, 'play'],
  ]
  expect(activeMs([beat(0, 10 * s, nonsense)])).toBe(0)
  const ever: ActivityMark[] = [
    [-1e300, 'show'],
    [-1e300, 'focus'],
    [-1e300, 'play'],
  ]
  expect(activeMs([beat(0, 1e300, ever)])).toBeLessThanOrEqual(3600 * s)
  expect(activeMs([{ ...beat(0, Number.NaN, ever), receivedAtMs: start }])).toBe(0)
})

test('a million marks, unsorted', () => {
  const marks = Array.from(
    { length: 1_000_000 },
    (_, i): ActivityMark => [(i * 7919) % (3600 * s), activityKinds[i % 9] ?? 'touch'],
  )
  expect(activeMs([beat(0, 3600 * s, marks)])).toBeLessThanOrEqual(3600 * s)
})

// Laws, for whatever a client may send.

const instant = fc.integer({ min: -20_000, max: 400_000 })
const mark = fc.tuple(
  instant,
  fc.constantFrom(...activityKinds),
  fc.constantFrom(undefined, 'a', 'b'),
) as fc.Arbitrary<ActivityMark>
const beats = fc
  .array(
    fc.record({
      tab: fc.constantFrom(tabA, tabB),
      sentMs: instant,
      wallMs: fc.integer({ min: start - 100_000, max: start + 400_000 }),
      receivedAtMs: fc.integer({ min: start, max: start + 500_000 }),
      marks: fc.array(mark, { maxLength: 12 }),
    }),
    { maxLength: 8 },
  )
  .map((all): ReceivedBeat[] => all.map((b, i) => ({ ...b, seq: i })))
const short = { startedAtMs: start + 10 * s, endedAtMs: start + 300 * s }

test('a beat that came twice changes nothing, nor does the order of coming', () => {
  fc.assert(
    fc.property(beats, fc.nat(), (all, n) => {
      const twice = all[n % Math.max(1, all.length)]
      const again = twice ? [{ ...twice, receivedAtMs: twice.receivedAtMs + 5 * s }] : []
      expect(activeTime([...again, ...all.toReversed()], short)).toEqual(activeTime(all, short))
    }),
  )
})

test('the union is within the session, without overlaps, and is what is counted', () => {
  fc.assert(
    fc.property(beats, (all) => {
      const { activeMs: counted, intervals, fieldMs } = activeTime(all, short)
      let end = short.startedAtMs
      let sum = 0
      for (const i of intervals) {
        expect(i.fromMs).toBeGreaterThanOrEqual(end)
        expect(i.toMs).toBeGreaterThan(i.fromMs)
        end = i.toMs
        sum += i.toMs - i.fromMs
      }
      expect(end).toBeLessThanOrEqual(short.endedAtMs)
      expect(counted).toBe(sum)
      expect(Object.values(fieldMs).reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(counted)
    }),
  )
})

test('a touch never takes time away, hiding never adds any', () => {
  fc.assert(
    fc.property(beats, fc.nat(), fc.nat({ max: 400_000 }), (all, n, ms) => {
      const at = n % Math.max(1, all.length)
      const withMark = (m: ActivityMark) =>
        all.map((b, i) => (i === at ? { ...b, marks: [...b.marks, m] } : b))
      const before = activeMs(all, short)
      expect(activeMs(withMark([ms, 'touch']), short)).toBeGreaterThanOrEqual(before)
      expect(activeMs(withMark([ms, 'hide']), short)).toBeLessThanOrEqual(before)
    }),
  )
})

test('cutting a beat in two changes nothing, wherever it is cut', () => {
  fc.assert(
    fc.property(beats, fc.nat(), fc.nat({ max: 400_000 }), (all, n, ms) => {
      // Of a page whose clock goes forwards; what lying pages send is tested above.
      const whole = all
        .filter((b) => b.tab === tabA)
        .toSorted((a, b) => a.sentMs - b.sentMs)
        .map((b, i, sorted) => ({
          ...b,
          seq: i,
          marks: b.marks.filter(([t]) => t <= b.sentMs && t >= (sorted[i - 1]?.sentMs ?? 0)),
        }))
      const at = n % Math.max(1, whole.length)
      const cut = whole.flatMap((b, i): ReceivedBeat[] => {
        if (i !== at) return [{ ...b, seq: i < at ? i : i + 1 }]
        const sentMs = Math.min(b.sentMs, ms)
        const [left, right] = [
          b.marks.filter(([t]) => t <= sentMs),
          b.marks.filter(([t]) => t > sentMs),
        ]
        const wallMs = b.wallMs - (b.sentMs - sentMs)
        return [
          { ...b, seq: i, sentMs, wallMs, marks: left },
          { ...b, seq: i + 1, marks: right },
        ]
      })
      expect(activeTime(cut, short)).toEqual(activeTime(whole, short))
    }),
  )
})
