import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { templateName, testServer } from './server-file.ts'

export type TestDatabase = {
  readonly connection: pg.ClientConfig
  /** Ends what is connected and removes the database. */
  drop(): Promise<void>
}

/** A new database with every migration applied, of this test alone. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = await testServer()
  const name = `test_${randomBytes(8).toString('hex')}`
  await onServer(server, `create database ${name} template ${templateName}`)
  return {
    connection: { ...server, database: name },
    drop: () => onServer(server, `drop database if exists ${name} with (force)`),
  }
}

async function onServer(server: pg.ClientConfig, statement: string): Promise<void> {
  const client = new pg.Client(server)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
