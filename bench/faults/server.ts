/** The server under faults: `node bench/faults/server.ts <data directory> <port>`. Prints its address. */
import { createServer, loadConfig } from '@kasauti/server'

const [, , dataDir, port] = process.argv
const server = await createServer(
  loadConfig({ DATA_DIR: dataDir, PORT: port, HOST: '127.0.0.1', LOG_LEVEL: 'fatal' }),
)
process.stdout.write(`${JSON.stringify({ url: server.localUrl })}\n`)
process.once('SIGTERM', () => void server.close())
