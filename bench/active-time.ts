/**
 * Active time against a scripted truth: people who pause, switch tabs, sleep, go offline, reload, play
 * media and set their clocks, on a virtual clock, through the recorder of the page and the server's
 * computation. The truth is the published rule (visible, with the focus, touched within 30 seconds or
 * media playing, awake), said of the script itself every 50 ms. JSON lines.
 *
 *   node bench/active-time.ts [--sessions 1000] [--seed 1]
 */
import { parseArgs } from 'node:util'
import { cases, randomScript, seeded } from '../packages/web/src/workbench/truth/scripts.ts'
import { type Outcome, playScript } from '../packages/web/src/workbench/truth/world.ts'
import { machine } from './machine.ts'

const { values: flags } = parseArgs({
  options: {
    sessions: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
  },
})
const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)
const errorOf = (o: Pick<Outcome, 'truthMs' | 'countedMs'>): number =>
  o.truthMs === 0 ? 0 : (o.countedMs - o.truthMs) / o.truthMs
const percent = (share: number): number => Math.round(share * 10_000) / 100
const sum = (all: readonly Outcome[], of: (o: Outcome) => number) =>
  all.reduce((total, o) => total + of(o), 0)

const random = seeded(Number(flags.seed))
const named = cases.map((script) => playScript(script, random))
for (const outcome of named)
  print({ bench: 'active-time', ...outcome, errorPercent: percent(errorOf(outcome)) })
const sessions = Array.from({ length: Number(flags.sessions) }, (_, n) =>
  playScript(randomScript(n, random), random),
)
const errors = sessions.map((o) => Math.abs(errorOf(o))).sort((a, b) => a - b)
const truthMs = sum(sessions, (o) => o.truthMs)
const countedMs = sum(sessions, (o) => o.countedMs)
print({
  bench: 'active-time',
  name: 'random sessions',
  sessions: sessions.length,
  truthMs,
  countedMs,
  errorPercent: percent(errorOf({ truthMs, countedMs })),
  p99ErrorPercent: percent(errors[Math.floor(errors.length * 0.99)] ?? 0),
  worstErrorPercent: percent(errors.at(-1) ?? 0),
  worstNamedErrorPercent: percent(Math.max(...named.map((o) => Math.abs(errorOf(o))))),
  bytesPerHourOfWork: Math.round(sum(sessions, (o) => o.bytes) / (truthMs / 3_600_000)),
  machine: machine(),
})
