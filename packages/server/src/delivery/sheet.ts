/** The CSV of a delivery: one row per annotation, answers as columns, for spreadsheets. */
import { type Answers, answerColumns, format, inputKind, type WriteRow } from '@kasauti/catalog'
import { encodeId } from '@kasauti/core'
import type { LoadedSchema } from '../schema/index.ts'
import type { Fields } from './copy-out.ts'
import { countItem, type Tally } from './lines.ts'

/** A spreadsheet's cell holds 32,767 characters. */
const cellLimit = 32_000

export const sheetLosses = [
  `Inputs are shown as plain text of at most ${cellLimit} characters; JSON Lines has them whole.`,
  'Answers of several parts are spread over columns; answers per turn are JSON in one column.',
  'Cells that a spreadsheet would run as a formula begin with an apostrophe.',
] as const

type Row = {
  readonly state: string
  readonly itemId: string
  readonly key: string
  readonly inputs: Readonly<Record<string, unknown>>
  readonly author: string | undefined
  readonly rest: readonly (string | undefined)[]
  readonly answers: Answers | undefined
}

function rowOf(fields: Fields): Row {
  const texts = fields.map((f, i) => (i === 1 ? '' : f?.toString('utf8')))
  const [
    state = '',
    ,
    itemId = '',
    key = '',
    inputs = '{}',
    author,
    annotationState,
    answers,
    ...more
  ] = texts
  return {
    state,
    itemId,
    key,
    inputs: JSON.parse(inputs) as Record<string, unknown>,
    author: author === undefined ? undefined : encodeId('usr', author),
    rest: [annotationState, ...more],
    answers: answers === undefined ? undefined : (JSON.parse(answers) as Answers),
  }
}

const fixedAfter = [
  'annotationState',
  'schemaVersion',
  'revision',
  'verdict',
  'activeMs',
  'submittedAt',
  'hash',
  'final',
] as const

/** Writes the answers of every annotation in the columns of the schema in force. */
export class Sheet {
  readonly columns: readonly string[]
  private readonly loaded: LoadedSchema
  private readonly tally: Tally
  private lastItem = ''

  constructor(loaded: LoadedSchema, tally: Tally) {
    this.loaded = loaded
    this.tally = tally
    const answers = answerColumns(loaded.schema, loaded.context({})).map((c) => `answers.${c.name}`)
    this.columns = [
      'key',
      'state',
      ...loaded.schema.inputs.map((i) => `inputs.${i.id}`),
      ...answers,
      'author',
      ...fixedAfter,
    ]
  }

  async *blocks(batches: AsyncIterable<readonly Fields[]>): AsyncGenerator<Uint8Array> {
    const csv = format('csv')
    if (!csv) throw new Error('no format csv')
    yield* csv.write(this.rows(batches), this.columns)
  }

  private async *rows(
    batches: AsyncIterable<readonly Fields[]>,
  ): AsyncGenerator<readonly WriteRow[]> {
    for await (const batch of batches) yield batch.map((fields) => this.row(rowOf(fields)))
  }

  private row(row: Row): WriteRow {
    if (row.itemId !== this.lastItem) countItem(this.tally, row.state, 0)
    this.lastItem = row.itemId
    this.tally.rows++
    if (row.answers) this.tally.annotations++
    const columns: Record<string, WriteRow['columns'][string]> = { key: row.key, state: row.state }
    for (const spec of this.loaded.schema.inputs) {
      const value = row.inputs[spec.id]
      columns[`inputs.${spec.id}`] =
        value === undefined ? undefined : inputKind(spec.kind)?.preview(value, cellLimit)
    }
    if (row.answers) this.addAnswers(columns, row.inputs, row.answers)
    columns['author'] = row.author
    for (const [i, name] of fixedAfter.entries()) columns[name] = row.rest[i]
    return { columns, json: {} }
  }

  private addAnswers(
    columns: Record<string, WriteRow['columns'][string]>,
    inputs: Row['inputs'],
    answers: Answers,
  ): void {
    const { schema } = this.loaded
    for (const column of answerColumns(schema, this.loaded.context(inputs)))
      columns[`answers.${column.name}`] = column.value(answers)
  }
}
