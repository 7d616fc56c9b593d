import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'

export type TokenRow = {
  readonly token_id: string
  readonly name: string
  readonly created_at: Date
  readonly last_used_at: Date | null
  readonly expires_at: Date | null
}

export async function listTokens(db: Db, userId: string): Promise<TokenRow[]> {
  const found = await sql<TokenRow>`
    select token_id, name, created_at, last_used_at, expires_at from access_tokens
    where user_id = ${userId} order by token_id desc limit 500`.execute(db)
  return found.rows
}

export async function insertToken(
  db: Db,
  token: {
    readonly tokenId: string
    readonly userId: string
    readonly secretHash: Buffer
    readonly name: string
    readonly now: Date
    readonly expiresAt: Date | null
  },
): Promise<TokenRow | undefined> {
  const made = await sql<TokenRow>`
    insert into access_tokens (token_id, user_id, secret_hash, name, created_at, expires_at)
    values (${token.tokenId}, ${token.userId}, ${token.secretHash}, ${token.name}, ${token.now}, ${token.expiresAt})
    returning token_id, name, created_at, last_used_at, expires_at`.execute(db)
  return made.rows[0]
}

/** False if the person has no such token. */
export async function removeToken(db: Db, userId: string, tokenId: string): Promise<boolean> {
  const done = await sql`
    delete from access_tokens where user_id = ${userId} and token_id = ${tokenId}`.execute(db)
  return done.numAffectedRows === 1n
}
