/** The installation's settings: environment variables, then `kasauti.json` in the data directory, then defaults. */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'

const Flag = z.union([z.boolean(), z.stringbool()])
const optionalText = z
  .string()
  .trim()
  .transform((s) => (s === '' ? undefined : s))
  .optional()

/** Keys of the environment and of `kasauti.json`, checked the same way; docs/reference/configuration.md is written from it. */
export const settingsSchema = z.strictObject({
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .default(8090)
    .meta({ description: 'Port to listen on, 0 to 65535. 0 takes any free port.' }),
  HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .meta({ description: 'Address to listen on. `0.0.0.0` or `::` listens on every network.' }),
  PUBLIC_URL: optionalText
    .pipe(
      z
        .url({ protocol: /^https?$/, error: 'an http or https address' })
        .refine((url) => new URL(url).pathname === '/', {
          error: 'an address without a path: give Kasauti a host name of its own',
        })
        .optional(),
    )
    .meta({
      description:
        'The `http` or `https` address people use, where it is not `http://HOST:PORT`. Links begin with it; with `https`, cookies are `Secure`.',
    }),
  DATABASE_URL: optionalText.meta({
    description:
      'Another PostgreSQL (15 to 18) instead of the embedded one: `postgresql://user:password@host/database`.',
  }),
  FILES_DIR: optionalText.meta({
    description:
      'Where uploads and deliveries lie, when not in the data directory: the same folder for every server of an installation with several.',
  }),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .meta({
      description:
        'What the log tells: `trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`. The log is JSON lines on the error output.',
    }),
  TRUST_PROXY: Flag.default(false).meta({
    description:
      '`true` behind a reverse proxy of your own: believe its `X-Forwarded-For`, `X-Forwarded-Host` and `X-Forwarded-Proto`.',
  }),
  UPLOAD_LIMIT_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .default(8 * 1024 ** 3)
    .meta({ description: 'The largest file one may upload, in bytes.' }),
})

export type Config = {
  /** Absolute. Everything the installation keeps lies below it. */
  readonly dataDir: string
  /** Absolute. Uploads and deliveries. */
  readonly filesDir: string
  /** 0: any free port. */
  readonly port: number
  readonly host: string
  /** The address people use, without a trailing slash, when it is not `http://host:port`. */
  readonly publicUrl: string | undefined
  /** Another PostgreSQL instead of the embedded one. */
  readonly databaseUrl: string | undefined
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'
  /** Believe X-Forwarded-For and X-Forwarded-Proto. */
  readonly trustProxy: boolean
  /** The largest file one may upload. */
  readonly uploadLimitBytes: number
}

/** A setting that cannot be used, with every complaint in its message. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * Read the settings. Throws ConfigError that names each wrong key.
 * @param env usually `process.env`; `DATA_DIR` says where `kasauti.json` is looked for
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const dataDir = resolve(env['DATA_DIR']?.trim() || './.kasauti')
  const file = join(dataDir, 'kasauti.json')
  const merged: Record<string, unknown> = { ...readSettingsFile(file) }
  for (const key of Object.keys(settingsSchema.shape)) {
    if (env[key] !== undefined && env[key] !== '') merged[key] = env[key]
  }
  const parsed = settingsSchema.safeParse(merged)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((i) =>
      i.code === 'unrecognized_keys'
        ? `  ${file}: unknown setting ${i.keys.join(', ')}`
        : `  ${i.path.join('.')}: ${i.message}`,
    )
    throw new ConfigError(`The settings are wrong:\n${lines.join('\n')}`)
  }
  const s = parsed.data
  return {
    dataDir,
    filesDir: s.FILES_DIR === undefined ? dataDir : resolve(s.FILES_DIR),
    port: s.PORT,
    host: s.HOST,
    publicUrl: s.PUBLIC_URL?.replace(/\/+$/, ''),
    databaseUrl: s.DATABASE_URL,
    logLevel: s.LOG_LEVEL,
    trustProxy: s.TRUST_PROXY,
    uploadLimitBytes: s.UPLOAD_LIMIT_BYTES,
  }
}

function readSettingsFile(path: string): Record<string, unknown> {
  if (!existsSync(path)) return {}
  let raw: unknown
  try {
    raw = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new ConfigError(`${path} is not readable as JSON: ${String(error)}`)
  }
  const object = z.record(z.string(), z.unknown()).safeParse(raw)
  if (!object.success) throw new ConfigError(`${path} must hold one JSON object`)
  return object.data
}
