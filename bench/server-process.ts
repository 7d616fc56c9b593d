/**
 * A server of its own for a benchmark: `node bench/server-process.ts <data directory>`. Prints one line
 * of JSON with its address, its pid and an admin's access token; ends on SIGTERM.
 */
import { createServer, hashSecret, loadConfig, newSecret } from '@kasauti/server'

const [, , dataDir] = process.argv
const config = loadConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn' })
const server = await createServer(config)
const { app } = server
const userId = app.newId()
const token = `kas_${newSecret()}`
await app.pool.query(
  `insert into users (user_id, email, name, password_hash, admin, preferences, created_at)
   values ($1, $2, 'Bench', 'none', true, '{"locale":"en","theme":"system"}', $3)`,
  [userId, `bench-${userId}@example.org`, app.now()],
)
await app.pool.query(
  `insert into access_tokens (token_id, user_id, secret_hash, name, created_at) values ($1, $2, $3, 'bench', $4)`,
  [app.newId(), userId, hashSecret(token), app.now()],
)
process.stdout.write(
  `${JSON.stringify({ url: server.localUrl, pid: process.pid, token, userId })}\n`,
)
process.once('SIGTERM', () => void server.close())
