import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Format, ReadLimits, ReadRow, WriteRow } from '../kinds.ts'
import { detectFormat, format, formats } from './index.ts'

const limits: ReadLimits = { rowBytes: 8 * 1024 * 1024, columns: 2000 }

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.slice(i, i + size)
}
async function readAll(f: Format, bytes: Uint8Array, size = 65_536): Promise<ReadRow[]> {
  const { options } = f.detect(bytes.subarray(0, 65_536), `x.${f.extensions[0]}`)
  const rows: ReadRow[] = []
  for await (const batch of f.read(cut(bytes, size), options, limits)) rows.push(...batch)
  return rows
}
async function writeAll(f: Format, rows: readonly WriteRow[], columns: readonly string[]) {
  async function* batches() {
    yield rows.slice(0, 3)
    yield rows.slice(3)
  }
  const parts: Uint8Array[] = []
  for await (const part of f.write(batches(), columns)) parts.push(part)
  return new Uint8Array(Buffer.concat(parts))
}
const shapes = (rows: readonly ReadRow[]) =>
  rows.map((r) =>
    'row' in r ? { place: r.place, row: { ...r.row } } : { place: r.place, problem: r.problem },
  )

/** Laws a format skips, by name, with the reason. */
const skipped: Record<string, { readonly law: 'types'; readonly reason: string }> = {
  csv: { law: 'types', reason: 'cells are text' },
  tsv: { law: 'types', reason: 'cells are text' },
  txt: { law: 'types', reason: 'lines are text' },
}
const cell = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((s) => !s.includes('\0'))
const oddCell = fc.oneof(
  cell,
  fc.constantFrom(
    '=1+1',
    "'=x",
    "''-1",
    '"',
    'a\r\nb',
    '\r',
    ' ',
    '',
    'क्षत्रिय,"x"',
    '@me',
    "'tis",
    '\ufeffbom',
    '|;,\t',
    '<script>alert(1)</script>',
  ),
)

describe.each(formats.map((f) => [f.name, f] as const))('format %s', (name, f) => {
  const folder = join(import.meta.dirname, name)
  const samples = readdirSync(join(folder, 'samples'))
  const bytesOf = (sample: string) => new Uint8Array(readFileSync(join(folder, 'samples', sample)))

  it('has a README and valid and invalid samples, and is found by its name', () => {
    expect(readFileSync(join(folder, 'README.md'), 'utf8').length).toBeGreaterThan(50)
    expect(samples.some((s) => s.startsWith('valid-'))).toBe(true)
    expect(samples.some((s) => s.startsWith('invalid-'))).toBe(true)
    expect(format(name)).toBe(f)
  })

  it.each(samples.filter((s) => s.startsWith('valid-')))(
    'reads %s whole and detects it',
    async (sample) => {
      const rows = await readAll(f, bytesOf(sample))
      expect(rows.length).toBeGreaterThan(0)
      expect(rows.filter((r) => 'problem' in r)).toEqual([])
      const found = detectFormat(bytesOf(sample), sample)
      expect(found).toMatchObject({ ok: true, value: { format: name } })
    },
  )

  it.each(samples.filter((s) => s.startsWith('invalid-')))(
    'refuses bad rows of %s by place and keeps the good ones',
    async (sample) => {
      const rows = await readAll(f, bytesOf(sample))
      const bad = rows.flatMap((r) => ('problem' in r ? [r] : []))
      expect(bad.length).toBeGreaterThan(0)
      for (const row of bad) {
        expect(row.place).toMatch(/^(after )?(row|line) \d+$/)
        expect(row.problem.length).toBeGreaterThan(8)
        expect(row.raw.length).toBeLessThanOrEqual(2000)
      }
      expect(rows.some((r) => 'row' in r)).toBe(true)
      expect(shapes(rows)).toMatchSnapshot()
    },
  )

  it.each(samples)('gives the same rows of %s however the bytes are cut', async (sample) => {
    const whole = shapes(await readAll(f, bytesOf(sample)))
    for (const size of [1, 2, 3, 7, 64])
      expect(shapes(await readAll(f, bytesOf(sample), size))).toEqual(whole)
  })

  it('reads what it wrote, up to its losses', async () => {
    const column =
      skipped[name]?.law === 'types' ? oddCell : fc.oneof(oddCell, fc.integer(), fc.boolean())
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ text: column, 'नाम, x': column }), { minLength: 1, maxLength: 9 }),
        async (rows) => {
          const columns = ['text', 'नाम, x']
          const written = await writeAll(
            f,
            rows.map((r) => ({ columns: r, json: r })),
            columns,
          )
          const read: ReadRow[] = []
          const options = { encoding: 'utf-8', header: true }
          for await (const b of f.read(cut(written, 5), options, limits)) read.push(...b)
          expect(read.filter((r) => 'problem' in r)).toEqual([])
          const back = read.flatMap((r) => ('row' in r ? [{ ...r.row }] : []))
          if (name === 'txt') {
            const lines = rows
              .map((r) => String(r.text).replace(/[\r\n]+/g, ' '))
              .filter((t) => t.trim() !== '')
            expect(back.map((r) => String(r['text']).replace(/^\ufeff/, ''))).toEqual(
              lines.map((t) => t.replace(/^\ufeff/, '')),
            )
          } else expect(back).toEqual(rows)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('never throws on any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom('utf-8', 'utf-16le', 'windows-1252', 'shift_jis'),
        async (bytes, encoding) => {
          for await (const batch of f.read(cut(bytes, 11), { encoding }, limits))
            for (const row of batch) expect(row.place).toMatch(/\d/)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('passes over a line of 40 MB without keeping it, and goes on after it', async () => {
    const long = new Uint8Array(1024 * 1024).fill(0x61)
    async function* chunks() {
      const start =
        name === 'json'
          ? '[{"text":"a"},\n{"text":"'
          : name === 'jsonl'
            ? '{"text":"a"}\n{"text":"'
            : 'text\na\n'
      yield new TextEncoder().encode(start)
      for (let i = 0; i < 40; i++) yield long
      yield new TextEncoder().encode(
        name === 'json' ? '"},\n{"text":"b"}]' : name === 'jsonl' ? '"}\n{"text":"b"}\n' : '\nb\n',
      )
    }
    const rows: ReadRow[] = []
    for await (const b of f.read(chunks(), { encoding: 'utf-8', header: true }, limits))
      rows.push(...b)
    expect(rows.filter((r) => 'problem' in r)).toMatchObject([
      { problem: 'Row is longer than 8 MB; it was skipped up to the next line' },
    ])
    expect(rows.flatMap((r) => ('row' in r ? [r.row['text']] : [])).slice(-2)).toEqual(['a', 'b'])
  })

  it('names the row whose bytes do not fit the encoding', async () => {
    const text =
      name === 'json'
        ? '[{"text":"a"},{"text":"\x01"},{"text":"c"}]'
        : name === 'jsonl'
          ? '{"text":"a"}\n{"text":"\x01"}\n{"text":"c"}\n'
          : 'text\na\n\x01\nc\n'
    const bytes = new Uint8Array(Buffer.from(text)).map((b) => (b === 1 ? 0xe9 : b))
    const rows: ReadRow[] = []
    for await (const b of f.read(cut(bytes, 9), { encoding: 'utf-8', header: true }, limits))
      rows.push(...b)
    const bad = rows.filter((r) => 'problem' in r)
    expect(bad).toMatchObject([{ problem: expect.stringContaining('not valid utf-8') }])
    expect(bad[0]?.place).toBe(
      name === 'json' ? 'row 2' : name === 'jsonl' ? 'line 2' : name === 'txt' ? 'line 3' : 'row 3',
    )
    const latin: ReadRow[] = []
    for await (const b of f.read(cut(bytes, 9), { encoding: 'windows-1252', header: true }, limits))
      latin.push(...b)
    expect(latin.flatMap((r) => ('row' in r ? [r.row['text']] : []))).toContain('é')
  })
})

describe('detectFormat', () => {
  const head = (...bytes: (string | number[])[]) =>
    new Uint8Array(Buffer.concat(bytes.map((b) => Buffer.from(b as string))))
  it.each([
    ['nothing', head(''), 'empty'],
    ['only a byte-order mark', head([0xef, 0xbb, 0xbf]), 'white space'],
    ['a PNG', head([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), 'PNG image'],
    ['a PDF', head('%PDF-1.7\n'), 'PDF document'],
    ['a ZIP', head([0x50, 0x4b, 3, 4], 'a.txt'), 'ZIP archive'],
    ['an Excel workbook', head([0x50, 0x4b, 3, 4], '.....[Content_Types].xml'), 'Excel'],
    ['a gzip bomb', head([0x1f, 0x8b, 8, 0]), 'gzip'],
    ['a program', head([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]), 'ELF'],
    ['noise', new Uint8Array(500).map((_, i) => (i * 7) % 31), 'binary'],
  ])('refuses %s in words', (_, bytes, word) => {
    const found = detectFormat(bytes, 'rows.jsonl')
    expect(found.ok).toBe(false)
    if (!found.ok) expect(found.error).toContain(word)
  })
  it('sees encodings: marks, UTF-16 without a mark, and windows-1252 with less certainty', () => {
    const of = (bytes: Uint8Array) => {
      const found = detectFormat(bytes, 'a.txt')
      return found.ok ? found.value : { options: { encoding: 'none' }, confidence: 0 }
    }
    const wide = new Uint8Array(Buffer.from('हिन्दी में एक वाक्य यहाँ है\n', 'utf16le'))
    expect(of(wide).options.encoding).toBe('utf-16le')
    expect(of(new Uint8Array(Buffer.from(wide).swap16())).options.encoding).toBe('utf-16be')
    expect(of(head([0xef, 0xbb, 0xbf], 'abc')).options.encoding).toBe('utf-8')
    const latin = of(head('caf', [0xe9], ' au lait\n'))
    expect(latin.options.encoding).toBe('windows-1252')
    expect(latin.confidence).toBeLessThan(0.6)
    const cutInCharacter = new Uint8Array(Buffer.from('नमस्ते\n'.repeat(9))).subarray(0, 100)
    expect(of(cutInCharacter).options.encoding).toBe('utf-8')
  })
  it('goes by content before the name', () => {
    const rows = head('{"text":"a"}\n{"text":"b"}\n')
    for (const name of ['a.jsonl', 'a.json', 'a.txt', 'a.csv'])
      expect(detectFormat(rows, name)).toMatchObject({ value: { format: 'jsonl' } })
    expect(detectFormat(head('id;text\n1;a\n2;b\n'), 'a.dat')).toMatchObject({
      value: { format: 'csv', options: { delimiter: ';', header: true } },
    })
    expect(detectFormat(head('1\ta\n2\tb\n'), 'a.dat')).toMatchObject({
      value: { format: 'tsv', options: { delimiter: '\t', header: false } },
    })
    expect(detectFormat(head('एक वाक्य।\nदूसरा वाक्य।\n'), 'a.dat')).toMatchObject({
      value: { format: 'txt' },
    })
  })
})

describe('limits and bombs', () => {
  const read = async (name: string, text: string) => {
    const rows: ReadRow[] = []
    for await (const b of (format(name) as Format).read(
      cut(new TextEncoder().encode(text), 65_536),
      { encoding: 'utf-8', header: true },
      limits,
    ))
      rows.push(...b)
    return rows
  }
  it('refuses 10,000 columns', async () => {
    const wide = Array.from({ length: 10_000 }, (_, i) => `c${i}`)
    expect(await read('csv', `${wide.join(',')}\n${wide.join(',')}\n`)).toMatchObject([
      { place: 'row 1', problem: 'Row has 10000 columns; at most 2000 are read' },
    ])
    const object = JSON.stringify(Object.fromEntries(wide.map((c) => [c, 1])))
    expect(await read('jsonl', `${object}\n{"a":1}\n`)).toMatchObject([
      { place: 'line 1', problem: 'Row has 10000 columns; at most 2000 are read' },
      { row: { a: 1 } },
    ])
  })
  it('refuses deep nesting, short and long', async () => {
    for (const n of [150, 40_000])
      expect(
        await read('jsonl', `{"a":${'['.repeat(n)}${']'.repeat(n)}}\n{"a":1}\n`),
      ).toMatchObject([
        { problem: expect.stringContaining('nested more than 100') },
        { row: { a: 1 } },
      ])
    expect(
      await read('json', `[{"a":${'['.repeat(300_000)}${']'.repeat(300_000)}},{"a":1}]`),
    ).toMatchObject([{ problem: expect.stringContaining('nested') }, { row: { a: 1 } }])
  })
  it('keeps markup as it is', async () => {
    const text = '<img src=x onerror=alert(1)>'
    expect(await read('csv', `text\n${text}\n`)).toMatchObject([{ row: { text } }])
  })
  it('reads only a header as no rows', async () =>
    expect(await read('csv', 'id,text\n')).toEqual([]))
})
