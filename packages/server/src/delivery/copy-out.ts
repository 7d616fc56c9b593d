/** Rows of COPY's binary format (PostgreSQL manual, COPY, "Binary Format"), cut out of a stream of bytes. */

const signatureBytes = 11
const headerBytes = signatureBytes + 4 + 4

/** A field's bytes; undefined for null. */
export type Fields = readonly (Buffer | undefined)[]

/** The row at `at` and where the next begins; undefined if it is not whole yet; 'end' at the trailer. */
function rowAt(bytes: Buffer, at: number): { fields: Fields; next: number } | 'end' | undefined {
  if (at + 2 > bytes.length) return undefined
  const count = bytes.readInt16BE(at)
  if (count === -1) return 'end'
  const fields: (Buffer | undefined)[] = []
  let next = at + 2
  for (let i = 0; i < count; i++) {
    if (next + 4 > bytes.length) return undefined
    const length = bytes.readInt32BE(next)
    next += 4
    if (length < 0) {
      fields.push(undefined)
      continue
    }
    if (next + length > bytes.length) return undefined
    fields.push(bytes.subarray(next, next + length))
    next += length
  }
  return { fields, next }
}

/** The whole rows of `bytes` from `at` on, and where the first that is not whole begins. */
function wholeRows(bytes: Buffer, at: number): { rows: readonly Fields[]; next: number } {
  const rows: Fields[] = []
  let next = at
  for (let row = rowAt(bytes, at); row !== undefined && row !== 'end'; row = rowAt(bytes, next)) {
    rows.push(row.fields)
    next = row.next
  }
  return { rows, next }
}

/** Batches of rows, one batch for each chunk that completes some. */
export async function* copiedRows(
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<readonly Fields[]> {
  let pending: Buffer[] = []
  let pendingBytes = 0
  let started = false
  let wanted = headerBytes
  for await (const chunk of chunks) {
    pending.push(chunk)
    pendingBytes += chunk.length
    // A huge row comes in many chunks: they are put together only when they have doubled.
    if (pendingBytes < wanted) continue
    const bytes = Buffer.concat(pending)
    const at = started ? 0 : headerBytes + bytes.readInt32BE(signatureBytes + 4)
    started = true
    const { rows, next } = wholeRows(bytes, at)
    pending = [bytes.subarray(next)]
    pendingBytes = bytes.length - next
    wanted = rows.length === 0 ? pendingBytes * 2 : 0
    if (rows.length > 0) yield rows
  }
  const { rows } = wholeRows(Buffer.concat(pending), 0)
  if (rows.length > 0) yield rows
}
