/** The board's tables as rows of CSV. */
import { format, type WriteRow } from '@kasauti/catalog'
import { ageHours, type boardTables } from '@kasauti/contract'
import type { Board } from './board.ts'

type Table = (typeof boardTables)[number]
type Cells = Readonly<Record<string, string | number>>

const when = (at: Date | undefined): string => at?.toISOString() ?? ''
const minutes = (ms: number): number => Math.round(ms / 6000) / 10
const ageNames = [...ageHours.map((h) => `under ${h} h`), `${ageHours.at(-1)} h and over`]

const rowsOf: Readonly<Record<Table, (board: Board) => readonly Cells[]>> = {
  throughput: (board) => board.days.map((d) => ({ ...d })),
  'work-in-progress': (board) =>
    board.stages.map((s) => ({
      project: s.projectName,
      stage: s.stage,
      waiting: s.waiting,
      held: s.held,
      'assigned or deferred': s.kept,
      returned: s.returned,
    })),
  ageing: (board) =>
    board.ages.map((a) => ({
      project: a.projectName,
      what: a.what,
      ...Object.fromEntries(ageNames.map((name, i) => [name, a.counts[i] ?? 0])),
      oldest: when(a.oldest),
    })),
  batches: (board) =>
    board.batches.map((b) => ({
      project: b.projectName,
      batch: b.name,
      state: b.state,
      due: when(b.dueAt),
      items: b.items,
      done: b.done,
      skipped: b.skipped,
      'done per day': Math.round(b.pace * 10) / 10,
      expected: when(b.expectedAt),
      chance: b.chance ?? '',
      risk: b.risk,
    })),
  people: (board) =>
    board.people.map((p) => ({
      project: p.projectName,
      person: p.name,
      'submitted today': p.submitted,
      'reviewed today': p.reviewed,
      'returned today': p.returned,
      'skipped today': p.skipped,
      'active minutes today': minutes(p.activeMs),
      held: p.held,
      'waiting for them': p.waits,
      'oldest held since': when(p.oldestHeldAt),
      'last seen at work': when(p.lastAt),
      paused: p.paused ? 'yes' : 'no',
      stuck: p.stuck.join(' '),
    })),
}
/** Headers of a table without rows. */
const headers: Readonly<Record<Table, readonly string[]>> = {
  throughput: ['day', 'submitted', 'reviewed', 'adjudicated', 'audited', 'returned', 'done'],
  'work-in-progress': ['project', 'stage', 'waiting', 'held', 'assigned or deferred', 'returned'],
  ageing: ['project', 'what', ...ageNames, 'oldest'],
  batches: [
    'project',
    'batch',
    'state',
    'due',
    'items',
    'done',
    'skipped',
    'done per day',
    'expected',
    'chance',
    'risk',
  ],
  people: [
    'project',
    'person',
    'submitted today',
    'reviewed today',
    'returned today',
    'skipped today',
    'active minutes today',
    'held',
    'waiting for them',
    'oldest held since',
    'last seen at work',
    'paused',
    'stuck',
  ],
}

export function tableCsv(board: Board, table: Table): AsyncIterable<Uint8Array> {
  const csv = format('csv')
  if (!csv) throw new Error('no format csv')
  const rows = rowsOf[table](board).map((columns): WriteRow => ({ columns, json: {} }))
  async function* pages() {
    yield rows
  }
  return csv.write(pages(), headers[table])
}
