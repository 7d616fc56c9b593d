/**
 * COPY FROM STDIN on a connection of `pg`, as a query of its own: blocks are drawn only as fast as the
 * socket takes them, and an error of the database in the middle of the copy is the promise's rejection
 * and nothing else (frontend/backend protocol, "COPY Operations").
 */
import type { Connection, PoolClient, Submittable } from 'pg'

type Wire = Connection & {
  readonly stream: {
    write(bytes: Buffer, taken?: (failed?: Error | null) => void): boolean
  }
  sendCopyFail(why: string): void
}

const headerBytes = 5
const copyData = 0x64
const copyDone = Buffer.from([0x63, 0, 0, 0, 4])

class CopyIn implements Submittable {
  readonly text: string
  private readonly blocks: Iterator<Buffer>
  private readonly settle: { readonly resolve: () => void; readonly reject: (e: Error) => void }
  /** Undefined once the copy has ended, well or not: nothing may be sent any more. */
  private wire: Wire | undefined

  constructor(text: string, blocks: Iterator<Buffer>, settle: CopyIn['settle']) {
    this.text = text
    this.blocks = blocks
    this.settle = settle
  }

  submit(connection: Connection): void {
    this.wire = connection as Wire
    connection.query(this.text)
  }

  handleCopyInResponse(): void {
    this.pump()
  }

  /** Sends the next block; called again when the socket has taken it, so its bytes may be used again. */
  private readonly pump = (failed?: Error | null): void => {
    const { wire } = this
    if (!wire || failed) return
    try {
      const next = this.blocks.next()
      if (next.done) {
        wire.stream.write(copyDone)
        return
      }
      const header = Buffer.allocUnsafe(headerBytes)
      header[0] = copyData
      header.writeUInt32BE(next.value.length + 4, 1)
      wire.stream.write(header)
      wire.stream.write(next.value, this.pump)
    } catch (error) {
      wire.sendCopyFail(String(error))
    }
  }

  handleError(error: Error): void {
    this.wire = undefined
    this.settle.reject(error)
  }

  handleReadyForQuery(): void {
    this.wire = undefined
    this.settle.resolve()
  }

  handleCommandComplete(): void {}
}

const blockBytes = 128 * 1024

/** Short lines put together to blocks. */
export function* blocksOf(lines: Iterable<string>): Generator<Buffer> {
  let block = ''
  for (const line of lines) {
    block += line
    if (block.length * 3 < blockBytes) continue
    yield Buffer.from(block)
    block = ''
  }
  if (block !== '') yield Buffer.from(block)
}

/** Copies COPY's text format in, blocks cut anywhere. Rejects with the database's error. */
export const copyIn = (client: PoolClient, sql: string, blocks: Iterable<Buffer>): Promise<void> =>
  new Promise((resolve, reject) => {
    client.query(new CopyIn(sql, blocks[Symbol.iterator](), { resolve, reject }))
  })
