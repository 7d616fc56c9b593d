/** Rows on their way into the database: what one transaction carries. */
import { storableText } from '../platform/db/index.ts'
import { copyJson, copyText } from './copy-text.ts'

export type ChunkItem = {
  readonly itemId: string
  readonly key: string
  /** The item's line for `item_inputs`, without its project and line end. */
  readonly inputsLine: string
}
export type Reject = { readonly place: string; readonly reason: string; readonly raw: string }

/** A transaction is worth its commit from here on, and small enough to be repeated. */
export const chunkLimits = { rows: 4_000, units: 3 * 1024 * 1024 } as const
const rawKept = 2_000

export class Chunk {
  readonly items: ChunkItem[] = []
  readonly rejects: Reject[] = []
  /** Rows of the file it holds: items, rejects and duplicates. */
  rows = 0
  duplicates = 0
  /** Bytes of the file read when its last row was read. */
  byteOffset = 0
  private units = 0
  private readonly keys = new Set<string>()

  add(item: { itemId: string; key: string; inputs: string; preview: string }): void {
    if (this.keys.has(item.key)) {
      this.duplicates++
      return
    }
    this.keys.add(item.key)
    const inputsLine = `${item.itemId}\t${copyJson(item.inputs)}\t${copyText(item.preview)}`
    this.units += inputsLine.length
    this.items.push({ itemId: item.itemId, key: item.key, inputsLine })
  }

  reject(place: string, reason: string, raw: string): void {
    const kept = storableText(raw.slice(0, rawKept))
    this.units += kept.length + reason.length
    this.rejects.push({ place, reason: storableText(reason.slice(0, 1000)), raw: kept })
  }

  get full(): boolean {
    return this.rows >= chunkLimits.rows || this.units >= chunkLimits.units
  }
}
