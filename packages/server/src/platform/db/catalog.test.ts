import { readFileSync } from 'node:fs'
import { type TestApp, testApp, testDatabase } from '@kasauti/testkit'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCatalog, schemaSql, type Table, tablesTs } from './catalog.ts'
import { unscopedPage } from './guard/uses.ts'
import { tableScope, tableScopes } from './registry.ts'

let app: TestApp
let tables: readonly Table[]
beforeAll(async () => {
  app = await testApp()
  tables = await readCatalog(app.pool)
})
afterAll(() => app.close())

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')

test('schema.sql says what the migrations make (npm run generate)', () => {
  expect(read('../../../schema.sql')).toBe(schemaSql(tables))
})

test('the row types say what the migrations make (npm run generate)', () => {
  expect(read('./tables.ts')).toBe(tablesTs(tables))
})

test('every table is classified and every classified table is there', () => {
  expect(tables.map((t) => t.name).sort()).toEqual(Object.keys(tableScopes).sort())
})

/** What is wrong with the keys of a project's table, in words. */
function complaints(table: Table): string[] {
  if (tableScope(table.name) !== 'project') {
    return table.constraints
      .filter((k) => k.references !== undefined && tableScope(k.references.table) === 'project')
      .map((k) => `${table.name}.${k.name}: an instance table points into a project`)
  }
  const keys = table.constraints.flatMap((k) => {
    if (k.kind === 'check') return []
    if (k.kind !== 'foreign')
      return k.columns[0] === 'project_id' ? [] : [`${k.name}: ${k.columns.join()}`]
    if (k.references === undefined || tableScope(k.references.table) !== 'project') return []
    return k.columns[0] === 'project_id' && k.references.columns[0] === 'project_id'
      ? []
      : [`${k.name}: ${k.definition}`]
  })
  const unique = table.indexes
    .filter((i) => i.unique && i.columns[0] !== 'project_id')
    .map((i) => i.definition)
  const primary = table.constraints.some((k) => k.kind === 'primary') ? [] : ['no primary key']
  const pinned = table.columns.some((c) => c.name === 'project_id' && !c.nullable)
    ? []
    : ['project_id may be null']
  return [...keys, ...unique, ...primary, ...pinned].map((c) => `${table.name}.${c}`)
}

test('every key of a project table begins with project_id', () => {
  expect(tables.flatMap(complaints)).toEqual([])
})

test('a key that does not begin with project_id is noticed', async () => {
  const database = await testDatabase()
  const client = new pg.Client(database.connection)
  await client.connect()
  try {
    await client.query('create unique index items_wrong on items (key)')
    await client.query('alter table reviews add constraint reviews_wrong unique (review_id)')
    await client.query(
      'alter table users add constraint users_wrong foreign key (user_id, user_id) references members',
    )
    const found = (await readCatalog(client)).flatMap(complaints)
    expect(found).toEqual([
      expect.stringContaining('items_wrong'),
      expect.stringContaining('reviews_wrong'),
      expect.stringContaining('users_wrong'),
    ])
  } finally {
    await client.end()
    await database.drop()
  }
})

test('every statement that reaches across projects is listed (npm run generate)', () => {
  expect(read('../../../../../docs/reference/unscoped.md')).toBe(unscopedPage())
})
