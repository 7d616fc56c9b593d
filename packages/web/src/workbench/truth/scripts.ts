/** People at work: the cases that go wrong elsewhere, one each, and days put together at random. */
import type { Deed, Script } from './world.ts'

type Timed = Script['deeds'][number]
const min = 60_000

const at = (atMs: number, deed: Deed): Timed => ({ ...deed, atMs })
const open = (tab: string, atMs: number): Timed[] =>
  (['show', 'focus', 'touch'] as const).map((what) => at(atMs, { do: what, tab }))
const leave = (tab: string, atMs: number): Timed[] =>
  (['blur', 'hide'] as const).map((what) => at(atMs, { do: what, tab }))
/** Touches every few seconds. */
function busy(tab: string, fromMs: number, toMs: number, everyMs = 3350): Timed[] {
  const deeds: Timed[] = []
  for (let t = fromMs; t < toMs; t += everyMs) deeds.push(at(t - (t % 50), { do: 'touch', tab }))
  return deeds
}
const script = (
  name: string,
  endMs: number,
  ...[deeds, asleep]: [deeds: readonly Timed[], asleep?: Script['asleep']]
): Script => ({
  name,
  endMs,
  asleep: asleep ?? 'clock runs',
  deeds: deeds.toSorted((a, b) => a.atMs - b.atMs),
})

export const cases: readonly Script[] = [
  script('steady work', 5 * min, [...open('a', 1000), ...busy('a', 1000, 5 * min)]),
  script('pauses longer than the cut-off', 20 * min, [
    ...open('a', 1000),
    ...busy('a', 1000, 4 * min),
    ...busy('a', 9 * min, 11 * min),
    ...busy('a', 18 * min, 20 * min),
  ]),
  script('long reading without touching', 10 * min, [
    ...open('a', 1000),
    ...busy('a', 1000, 5000),
    ...busy('a', 6 * min, 6.5 * min),
  ]),
  script('switching to another tab and back', 10 * min, [
    ...open('a', 1000),
    ...busy('a', 1000, 2 * min),
    ...leave('a', 2 * min),
    ...open('a', 5 * min),
    ...busy('a', 5 * min, 7 * min),
    ...leave('a', 7 * min),
    ...open('a', 7.5 * min),
    ...busy('a', 7.5 * min, 10 * min),
  ]),
  script('another window in front, the page still visible', 8 * min, [
    ...open('a', 1000),
    ...busy('a', 1000, 3 * min),
    at(3 * min, { do: 'blur', tab: 'a' }),
    at(5 * min, { do: 'focus', tab: 'a' }),
    ...busy('a', 5 * min, 8 * min),
  ]),
  ...(['clock runs', 'clock stops'] as const).map((asleep) =>
    script(
      `laptop asleep for two hours, ${asleep}`,
      130 * min,
      [
        ...open('a', 1000),
        ...busy('a', 1000, 5 * min),
        at(5 * min, { do: 'sleep' }),
        at(125 * min, { do: 'wake' }),
        ...busy('a', 125 * min + 2000, 130 * min),
      ],
      asleep,
    ),
  ),
  script('the item in two tabs, one after the other', 9 * min, [
    ...open('a', 1000),
    ...busy('a', 1000, 3 * min),
    ...leave('a', 3 * min),
    ...open('b', 3 * min),
    ...busy('b', 3 * min, 6 * min),
    ...leave('b', 6 * min),
    ...open('a', 6 * min),
    ...busy('a', 6 * min, 9 * min),
  ]),
  script('the item in two tabs that both say they have the focus', 5 * min, [
    ...open('a', 1000),
    ...open('b', 2000),
    ...busy('a', 1000, 5 * min),
    ...busy('b', 2000, 5 * min),
  ]),
  script('offline for a while', 12 * min, [
    ...open('a', 1000),
    ...busy('a', 1000, 12 * min),
    at(3 * min, { do: 'offline' }),
    at(10 * min, { do: 'online' }),
  ]),
  script('offline to the end, sent three hours later', 12 * min, [
    at(0, { do: 'offline' }),
    ...open('a', 1000),
    ...busy('a', 1000, 4 * min),
    ...busy('a', 7 * min, 12 * min),
  ]),
  script('offline, and the page loaded anew', 12 * min, [
    at(0, { do: 'offline' }),
    ...open('a', 1000),
    ...busy('a', 1000, 5 * min),
    at(5 * min, { do: 'reload', tab: 'a' }),
    ...busy('a', 5 * min + 4000, 11 * min),
    at(11 * min, { do: 'online' }),
  ]),
  script('the page loaded anew', 6 * min, [
    ...open('a', 1000),
    ...busy('a', 1000, 3 * min),
    at(3 * min + 7000, { do: 'reload', tab: 'a' }),
    ...busy('a', 3 * min + 9000, 6 * min),
  ]),
  script('wall clock set forward and back', 10 * min, [
    ...open('a', 1000),
    ...busy('a', 1000, 10 * min),
    at(2 * min, { do: 'set clock', byMs: 3 * 3600_000 }),
    at(5 * min, { do: 'set clock', byMs: -26 * 3600_000 }),
    at(8 * min, { do: 'set clock', byMs: 23 * 3600_000 }),
  ]),
  script('wall clock set while offline', 10 * min, [
    ...open('a', 1000),
    ...busy('a', 1000, 10 * min),
    at(1 * min, { do: 'offline' }),
    at(4 * min, { do: 'set clock', byMs: -3600_000 }),
    at(8 * min, { do: 'online' }),
  ]),
  script('listening, then writing', 10 * min, [
    ...open('a', 1000),
    at(5000, { do: 'play', tab: 'a' }),
    at(4 * min, { do: 'pause', tab: 'a' }),
    ...busy('a', 6 * min, 8 * min),
  ]),
  script('media playing on while in another tab', 10 * min, [
    ...open('a', 1000),
    at(5000, { do: 'play', tab: 'a' }),
    ...leave('a', 2 * min),
    ...open('a', 6 * min),
    at(9 * min, { do: 'pause', tab: 'a' }),
  ]),
  script('a glance of four seconds', 4000, [...open('a', 0), ...busy('a', 0, 4000, 900)]),
]

/** A session put together at random: work, pauses, other tabs and windows, sleep, no network, a set clock. */
export function randomScript(n: number, random: () => number): Script {
  const deeds: Timed[] = [...open('a', 500)]
  let now = 500
  const pass = (fromMs: number, toMs: number): number => {
    const next = now + fromMs + (toMs - fromMs) * random()
    return next - (next % 50)
  }
  const blocks = 3 + Math.floor(random() * 8)
  for (let i = 0; i < blocks; i++) {
    const until = pass(10_000, 4 * min)
    deeds.push(...busy('a', now, until, 800 + 12_000 * random()))
    now = until
    now = between(deeds, { now, after: pass(2000, 6 * min), pick: random() })
  }
  const endMs = pass(1000, 2 * min)
  return script(
    `random ${n}`,
    endMs - (endMs % 50),
    deeds.filter((d) => d.atMs < endMs),
    random() < 0.5 ? 'clock runs' : 'clock stops',
  )
}

/** What happens between two blocks of work. @returns when work goes on */
function between(deeds: Timed[], o: { now: number; after: number; pick: number }): number {
  const { now, after } = o
  const pair = (first: Deed, then: Deed) => deeds.push(at(now, first), at(after, then))
  const ways: readonly (() => void)[] = [
    () => undefined,
    () => deeds.push(...leave('a', now), ...open('a', after)),
    () => pair({ do: 'blur', tab: 'a' }, { do: 'focus', tab: 'a' }),
    () => pair({ do: 'sleep' }, { do: 'wake' }),
    () => {
      pair({ do: 'offline' }, { do: 'online' })
      deeds.push(...busy('a', now, after))
    },
    () => pair({ do: 'play', tab: 'a' }, { do: 'pause', tab: 'a' }),
    () => deeds.push(at(now, { do: 'set clock', byMs: (o.pick - 0.5) * 36_000_000 })),
    () => deeds.push(at(now, { do: 'reload', tab: 'a' })),
    () => {
      deeds.push(...leave('a', now), ...open('b', now), ...busy('b', now, after))
      deeds.push(...leave('b', after), ...open('a', after))
    },
  ]
  ways[Math.floor(o.pick * ways.length)]?.()
  return after
}

/** Mulberry32: numbers from 0 to 1 by a seed. */
export function seeded(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
