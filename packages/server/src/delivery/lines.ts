/** JSON Lines and JSON from the lines the database makes: only framed here. */
import type { Fields } from './copy-out.ts'

/** What went by, to be held against what the database counts. */
export type Tally = {
  items: number
  annotations: number
  rows: number
  byState: Record<string, number>
}
export const newTally = (): Tally => ({ items: 0, annotations: 0, rows: 0, byState: {} })

export function countItem(tally: Tally, state: string, annotations: number): void {
  tally.items++
  tally.annotations += annotations
  tally.byState[state] = (tally.byState[state] ?? 0) + 1
}

type Framing = { readonly before: string; readonly between: string; readonly after: string }
export const framings = {
  jsonl: { before: '', between: '\n', after: '\n' },
  json: { before: '[\n', between: ',\n', after: '\n]\n' },
} as const satisfies Record<string, Framing>

/** Blocks of a file with one line per item. */
export async function* framedLines(
  batches: AsyncIterable<readonly Fields[]>,
  framing: Framing,
  tally: Tally,
): AsyncGenerator<Uint8Array> {
  const between = Buffer.from(framing.between)
  let before: Buffer = Buffer.from(framing.before)
  for await (const rows of batches) {
    const parts: Buffer[] = []
    for (const [state, annotations, line] of rows) {
      if (!state || !annotations || !line) throw new Error('a row of a delivery lacks a field')
      countItem(tally, state.toString(), annotations.readInt32BE(0))
      tally.rows++
      parts.push(before, line)
      before = between
    }
    yield Buffer.concat(parts)
  }
  yield Buffer.from(framing.after)
}
