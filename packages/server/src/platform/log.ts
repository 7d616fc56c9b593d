/** One JSON line per log entry on standard error, secrets taken out. */
import { type Logger, pino } from 'pino'
import type { Config } from './config.ts'

const secrets = ['password', 'current', 'secret', 'token', 'cookie', 'authorization', 'databaseUrl']
const paths = secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

/** The server's logger. `silent` writes nothing. */
export function createLog(level: Config['logLevel']): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: [...paths, '*.*["set-cookie"]'], censor: '[secret]' },
    },
    pino.destination({ dest: 2, sync: true }),
  )
}
