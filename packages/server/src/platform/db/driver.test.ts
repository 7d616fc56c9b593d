import { type TestApp, testApp } from '@kasauti/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db } from '../app.ts'
import { atCommit, inOneGo } from './driver.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const addBucket = (name: string) =>
  sql`insert into rate_limits (bucket, tokens, updated_at) values (${name}, 1, now())`
const found = async (db: Db, name: string) =>
  (await sql`select from rate_limits where bucket = ${name}`.execute(db)).rows.length

test('what is left for the end is written with the transaction, not before, in its order', async () => {
  await app.db.transaction().execute(async (db) => {
    await atCommit(db, addBucket('order'))
    await atCommit(db, sql`update rate_limits set tokens = 7 where bucket = ${'order'}`)
    expect(await found(db, 'order')).toBe(0)
  })
  const { rows } = await sql`select tokens from rate_limits where bucket = ${'order'}`.execute(
    app.db,
  )
  expect(rows).toEqual([{ tokens: 7 }])
})

test('outside a transaction it is written at once', async () => {
  await atCommit(app.db, addBucket('alone'))
  expect(await found(app.db, 'alone')).toBe(1)
})

test('a last statement that fails undoes the transaction and tells its own reason', async () => {
  await addBucket('taken').execute(app.db)
  const failed = app.db.transaction().execute(async (db) => {
    await addBucket('undone').execute(db)
    await atCommit(db, addBucket('taken'))
    await atCommit(db, addBucket('never'))
  })
  await expect(failed).rejects.toMatchObject({ code: '23505' })
  expect(await found(app.db, 'undone')).toBe(0)
  expect(await found(app.db, 'never')).toBe(0)
})

test('a last statement the guard refuses undoes the transaction', async () => {
  const refused = app.db.transaction().execute(async (db) => {
    await addBucket('before the refused').execute(db)
    await atCommit(db, sql`update items set slots = 0`)
  })
  await expect(refused).rejects.toThrow('refused')
  expect(await found(app.db, 'before the refused')).toBe(0)
})

test('a transaction that fails in between forgets what was left, also for the next one', async () => {
  for (let n = 0; n < 30; n++) {
    const failed = app.db.transaction().execute(async (db) => {
      await atCommit(db, addBucket(`forgotten ${n}`))
      throw new Error('no')
    })
    await expect(failed).rejects.toThrow('no')
    await app.db.transaction().execute((db) => addBucket(`kept ${n}`).execute(db))
    expect(await found(app.db, `forgotten ${n}`)).toBe(0)
    expect(await found(app.db, `kept ${n}`)).toBe(1)
  }
})

test('a transaction one of whose statements failed unnoticed does not count as done', async () => {
  await addBucket('there').execute(app.db)
  const quiet = app.db.transaction().execute(async (db) => {
    await addBucket('lost').execute(db)
    await addBucket('there')
      .execute(db)
      .catch(() => {})
  })
  await expect(quiet).rejects.toThrow('rolled back')
  expect(await found(app.db, 'lost')).toBe(0)
})

test('a transaction whose first statement fails changes nothing', async () => {
  const failed = app.db.transaction().execute(async (db) => {
    await sql`select 1 / ${0}::int`.execute(db).catch(() => {})
    await addBucket('after a failure').execute(db)
  })
  await expect(failed).rejects.toMatchObject({ code: '25P02' })
  expect(await found(app.db, 'after a failure')).toBe(0)
})

test('of two statements in one go the second sees what the first one waited for', async () => {
  await addBucket('waited for').execute(app.db)
  let hold = () => {}
  const held = new Promise<void>((resolve) => {
    hold = resolve
  })
  let locked = () => {}
  const isLocked = new Promise<void>((resolve) => {
    locked = resolve
  })
  const other = app.db.transaction().execute(async (db) => {
    await sql`update rate_limits set tokens = 42 where bucket = ${'waited for'}`.execute(db)
    locked()
    await held
  })
  await isLocked
  const seen = app.db
    .transaction()
    .execute((db) =>
      inOneGo(
        db,
        sql`select from rate_limits where bucket = ${'waited for'} for update`,
        sql`select tokens from rate_limits where bucket = ${'waited for'}`,
      ),
    )
  hold()
  await other
  expect(await seen).toEqual([[{}], [{ tokens: 42 }]])
})

test('statements that come again are prepared, and a connection keeps a bounded number of them', async () => {
  await app.db.connection().execute(async (db) => {
    const prepared = async () =>
      (
        await sql<{ n: number }>`select count(*) as n from pg_prepared_statements`.execute(db)
      ).rows.map((row) => row.n)
    const [before = 0] = await prepared()
    for (let n = 0; n < 3; n++) await sql`select ${n}::int as again`.execute(db)
    expect(await prepared()).toEqual([before + 1])
    for (let n = 0; n < 250; n++)
      for (let again = 0; again < 2; again++)
        await sql`select ${n}::int as ${sql.ref(`c${n}`)}`.execute(db)
    const [after = 0] = await prepared()
    expect(after).toBeGreaterThan(100)
    expect(after).toBeLessThanOrEqual(201)
    // One that was pushed out is simply prepared anew.
    const { rows } = await sql`select ${5}::int as again`.execute(db)
    expect(rows).toEqual([{ again: 5 }])
  })
})

test('connections for copies and cursors come out of the same pool as they were', async () => {
  await Promise.all(Array.from({ length: 12 }, (_, n) => sql`select ${n}::int`.execute(app.db)))
  const client = await app.pool.connect()
  try {
    expect(client).toHaveProperty('pipeline', false)
  } finally {
    client.release()
  }
})
