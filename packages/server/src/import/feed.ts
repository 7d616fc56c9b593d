/** From a row of a file to an item's key and raw inputs, as the mapping says. */
import type { TaskSchema } from '@kasauti/catalog'
import { err, ok, type Problem, type Result } from '@kasauti/core'
import { type Feed, type Mapping, shareIn } from '../upload/index.ts'

type Row = Readonly<Record<string, unknown>>

/** Longest key: it is shown in tables and stands in an index. */
const keyLength = 300

const columnsOf = (feed: Feed): readonly string[] => {
  if ('column' in feed) return [feed.column]
  return 'columns' in feed ? Object.values(feed.columns) : []
}

/** `chat.messages` feeds a part of `chat`. */
const inputOf = (target: string): string => target.split('.')[0] ?? target

/** What is wrong with a mapping, by the path of its part. `columns`: those seen in the first rows. */
export function checkMapping(
  schema: TaskSchema,
  mapping: Mapping,
  columns: ReadonlySet<string>,
): readonly Problem[] {
  const problems: Problem[] = []
  const known = new Set(schema.inputs.map((i) => i.id))
  const fed = new Set(Object.keys(mapping.inputs).map(inputOf))
  for (const id of known)
    if (!fed.has(id))
      problems.push({ path: `mapping.inputs.${id}`, message: 'no column feeds this input' })
  const absent = (path: string, column: string): void => {
    if (columns.size > 0 && !columns.has(column))
      problems.push({ path, message: `there is no column "${column}" in the first rows` })
  }
  for (const [target, feed] of Object.entries(mapping.inputs)) {
    if (!known.has(inputOf(target)))
      problems.push({ path: `mapping.inputs.${target}`, message: 'is not an input of this task' })
    for (const column of columnsOf(feed)) absent(`mapping.inputs.${target}`, column)
  }
  if (mapping.key !== undefined) absent('mapping.key', mapping.key)
  if (mapping.uncertainty !== undefined) absent('mapping.uncertainty', mapping.uncertainty)
  return problems
}

function fedBy(feed: Feed, row: Row): unknown {
  if ('column' in feed) return row[feed.column]
  if ('wholeRow' in feed) return row
  return Object.fromEntries(
    Object.entries(feed.columns).map(([part, column]) => [part, row[column]]),
  )
}

/** The function from a row to raw inputs by input id. */
export function feeder(mapping: Mapping): (row: Row) => Row {
  const feeds = Object.entries(mapping.inputs)
  return (row) => {
    const raw: Record<string, unknown> = {}
    for (const [target, feed] of feeds) {
      const dot = target.indexOf('.')
      if (dot < 0) raw[target] = fedBy(feed, row)
      else {
        const id = target.slice(0, dot)
        const before = raw[id]
        raw[id] = {
          ...(typeof before === 'object' ? before : {}),
          [target.slice(dot + 1)]: fedBy(feed, row),
        }
      }
    }
    return raw
  }
}

/** The item's key from its column: text that is not empty, or a number. The error is a reason. */
export function keyIn(row: Row, column: string): Result<string, string> {
  const value = row[column]
  if (typeof value === 'number') return ok(String(value))
  if (value === undefined || value === null) return err(`Row has no key in column "${column}"`)
  if (typeof value !== 'string')
    return err(`The key in column "${column}" is neither text nor a number`)
  const key = value.trim()
  if (key === '') return err(`The key in column "${column}" is empty`)
  if (key.length > keyLength)
    return err(`The key in column "${column}" is longer than ${keyLength} characters`)
  return ok(key)
}

/** How unsure a model is, 0..1; nothing where the column is empty. The error is a reason. */
export function uncertaintyIn(
  row: Row,
  column: string | undefined,
): Result<number | undefined, string> {
  if (column === undefined) return ok(undefined)
  const share = shareIn(row[column])
  if (share === undefined)
    return err(`The uncertainty in column "${column}" is not a number from 0 to 1`)
  return ok(share === 'none' ? undefined : share)
}

/** The beginning of keys made from a file's name: no extension, at most 60 characters. */
export const stemOf = (fileName: string): string =>
  [...fileName.replace(/\.[^.]+$/, '')].slice(0, 60).join('').trim() || 'row'
