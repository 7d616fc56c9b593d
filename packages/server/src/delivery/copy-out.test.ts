import fc from 'fast-check'
import { expect, it } from 'vitest'
import { copiedRows } from './copy-out.ts'

function written(rows: readonly (readonly (string | undefined)[])[]): Buffer {
  const int = (n: number, bytes: 2 | 4) => {
    const b = Buffer.alloc(bytes)
    b.writeIntBE(n, 0, bytes)
    return b
  }
  const field = (f: string | undefined) =>
    f === undefined ? int(-1, 4) : Buffer.concat([int(Buffer.byteLength(f), 4), Buffer.from(f)])
  return Buffer.concat([
    Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'),
    int(0, 4),
    int(0, 4),
    ...rows.flatMap((r) => [int(r.length, 2), ...r.map(field)]),
    int(-1, 2),
  ])
}

it('cuts rows out of the stream however its bytes come', async () => {
  const field = fc.option(fc.string({ unit: 'grapheme', maxLength: 40 }), { nil: undefined })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(field, { minLength: 1, maxLength: 4 })),
      fc.integer({ min: 1, max: 64 }),
      async (rows, size) => {
        async function* chunks() {
          const bytes = written(rows)
          for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
        }
        const read: (string | undefined)[][] = []
        for await (const batch of copiedRows(chunks()))
          for (const row of batch) read.push(row.map((f) => f?.toString('utf8')))
        expect(read).toEqual(rows)
      },
    ),
  )
})
