/**
 * COPY FROM STDIN on a connection of `pg`, as a query of its own: blocks are drawn only as fast as the
 * socket takes them, and an error of the database in the middle of the copy is the promise's rejection
 * and nothing else (frontend/backend protocol, "COPY Operations").
 */
import type { Connection, PoolClient, Submittable } from 'pg'

type Wire = Connection & { readonly stream: NodeJS.WritableStream; sendCopyFail(why: string): void }

const headerBytes = 5
const copyData = 0x64
const copyDone = Buffer.from([0x63, 0, 0, 0, 4])

/** One CopyData message: its kind, its length with the length itself, the text in UTF-8. */
function message(text: string): Buffer {
  const bytes = Buffer.byteLength(text)
  const buffer = Buffer.allocUnsafe(headerBytes + bytes)
  buffer[0] = copyData
  buffer.writeUInt32BE(bytes + 4, 1)
  buffer.write(text, headerBytes)
  return buffer
}

class CopyIn implements Submittable {
  readonly text: string
  private readonly blocks: Iterator<string>
  private readonly settle: { readonly resolve: () => void; readonly reject: (e: Error) => void }
  /** Undefined once the copy has ended, well or not: nothing may be sent any more. */
  private wire: Wire | undefined

  constructor(text: string, blocks: Iterator<string>, settle: CopyIn['settle']) {
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

  private readonly pump = (): void => {
    while (this.wire) {
      const { wire } = this
      let next: IteratorResult<string>
      try {
        next = this.blocks.next()
      } catch (error) {
        wire.sendCopyFail(String(error))
        return
      }
      if (next.done) {
        wire.stream.write(copyDone)
        return
      }
      if (!wire.stream.write(message(next.value))) {
        wire.stream.once('drain', this.pump)
        return
      }
    }
  }

  handleError(error: Error): void {
    this.wire?.stream.removeListener('drain', this.pump)
    this.wire = undefined
    this.settle.reject(error)
  }

  handleReadyForQuery(): void {
    this.wire = undefined
    this.settle.resolve()
  }

  handleCommandComplete(): void {}
}

const blockUnits = 128 * 1024

function* inBlocks(lines: Iterable<string>): Generator<string> {
  let block = ''
  for (const line of lines) {
    block += line
    if (block.length < blockUnits) continue
    yield block
    block = ''
  }
  if (block !== '') yield block
}

/** Copies lines of COPY's text format in. Rejects with the database's error. */
export const copyIn = (client: PoolClient, sql: string, lines: Iterable<string>): Promise<void> =>
  new Promise((resolve, reject) => {
    client.query(new CopyIn(sql, inBlocks(lines), { resolve, reject }))
  })
