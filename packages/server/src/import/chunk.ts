/** Rows on their way into the database: what one transaction carries. */
import { storableText } from '../platform/db/index.ts'
import { copyJson, copyText } from './copy-text.ts'

export type ChunkItem = {
  readonly itemId: string
  readonly key: string
  /** 0..1 */
  readonly uncertainty: number | undefined
  /** Its line for `item_inputs` in the chunk's bytes. */
  readonly start: number
  readonly end: number
}
export type Reject = { readonly place: string; readonly reason: string; readonly raw: string }

/** A transaction is worth its commit from here on, and small enough to be repeated. */
export const chunkLimits = { rows: 4_000, bytes: 4 * 1024 * 1024 } as const
const rawKept = 2_000

/**
 * Lines are kept as UTF-8 in one buffer, used again and again: strings held until the database has them
 * would grow old in the heap and make it three times as large.
 */
export class Chunk {
  items: ChunkItem[] = []
  rejects: Reject[] = []
  /** Rows of the file it holds: items, rejects and duplicates. */
  rows = 0
  duplicates = 0
  /** Bytes of the file read when its last row was read. */
  byteOffset = 0
  private readonly projectId: string
  private buffer = Buffer.allocUnsafeSlow(chunkLimits.bytes)
  private used = 0
  private rejectUnits = 0
  private keys = new Set<string>()

  constructor(projectId: string) {
    this.projectId = projectId
  }

  add(item: {
    itemId: string
    key: string
    inputs: string
    preview: string
    uncertainty: number | undefined
  }): void {
    if (this.keys.has(item.key)) {
      this.duplicates++
      return
    }
    this.keys.add(item.key)
    const line = `${this.projectId}\t${item.itemId}\t${copyJson(item.inputs)}\t${copyText(item.preview)}\n`
    this.makeRoom(line.length * 3)
    const start = this.used
    this.used += this.buffer.write(line, start)
    const { itemId, key, uncertainty } = item
    this.items.push({ itemId, key, uncertainty, start, end: this.used })
  }

  reject(place: string, reason: string, raw: string): void {
    const kept = storableText(raw.slice(0, rawKept))
    this.rejectUnits += kept.length + reason.length
    this.rejects.push({ place, reason: storableText(reason.slice(0, 1000)), raw: kept })
  }

  get full(): boolean {
    return this.rows >= chunkLimits.rows || this.used + this.rejectUnits >= chunkLimits.bytes * 0.9
  }

  /** The lines from one item's to another's. */
  bytes(start: number, end: number): Buffer {
    return this.buffer.subarray(start, end)
  }

  /** Empty again, for other rows. */
  clear(): void {
    this.items = []
    this.rejects = []
    this.rows = 0
    this.duplicates = 0
    this.used = 0
    this.rejectUnits = 0
    this.keys = new Set()
    if (this.buffer.length > 2 * chunkLimits.bytes)
      this.buffer = Buffer.allocUnsafeSlow(chunkLimits.bytes)
  }

  private makeRoom(bytes: number): void {
    if (this.used + bytes <= this.buffer.length) return
    const larger = Buffer.allocUnsafeSlow(this.used + bytes)
    this.buffer.copy(larger, 0, 0, this.used)
    this.buffer = larger
  }
}
