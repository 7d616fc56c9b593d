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
      serializers: { err: plainError },
      redact: { paths: [...paths, '*.*["set-cookie"]'], censor: '[secret]' },
    },
    pino.destination({ dest: 2, sync: true }),
  )
}

/** Of an error what helps to find its cause, not the connections and requests hanging on it. */
function plainError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  const cause = error.cause === undefined ? {} : { cause: plainError(error.cause) }
  return { type: error.name, message: error.message, ...code, stack: error.stack, ...cause }
}
