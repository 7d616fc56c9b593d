/** What a command is, and how its arguments are read. */
import { parseArgs } from 'node:util'

export type Option = { readonly help: string; readonly value?: string; readonly many?: true }
export type Arguments = {
  readonly positionals: readonly string[]
  /** Given values of an option, none when it is absent; `true` stands for a flag. */
  all(option: string): readonly string[]
  one(option: string): string | undefined
  has(option: string): boolean
  /** Throws UsageError when it is missing. */
  need(option: string): string
}
export type Command = {
  readonly name: string
  readonly summary: string
  /** Positional arguments as they are written in the help: `FILE`. */
  readonly takes: readonly string[]
  readonly options: Readonly<Record<string, Option>>
  /** Gives the exit code. */
  run(args: Arguments): Promise<number>
}

/** The command was called the wrong way. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export function readArguments(command: Command, argv: readonly string[]): Arguments {
  const options = Object.fromEntries(
    Object.entries({ ...command.options, help: { help: '' } }).map(([name, o]) => [
      name,
      {
        type: (o as Option).value === undefined ? ('boolean' as const) : ('string' as const),
        multiple: true,
      },
    ]),
  )
  let parsed: ReturnType<typeof parseArgs>
  try {
    parsed = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
  const all = (name: string) => [parsed.values[name] ?? []].flat().map(String)
  const { positionals } = parsed
  if (all('help').length === 0 && positionals.length !== command.takes.length) {
    const wanted = command.takes.length === 0 ? 'no argument' : command.takes.join(' ')
    throw new UsageError(`"${command.name}" takes ${wanted}.`)
  }
  return {
    positionals,
    all,
    one: (name) => all(name).at(-1),
    has: (name) => all(name).length > 0,
    need: (name) => {
      const value = all(name).at(-1)
      if (value === undefined) throw new UsageError(`--${name} is needed.`)
      return value
    },
  }
}

/** The value of an option that knows a few; throws UsageError for any other. */
export function oneOf<T extends string>(
  args: Arguments,
  option: string,
  known: readonly T[],
): T | undefined {
  const said = args.one(option)
  if (said === undefined) return undefined
  const found = known.find((k) => k === said)
  if (found === undefined) throw new UsageError(`--${option} is one of ${known.join(', ')}.`)
  return found
}

export function helpOf(command: Command): string {
  const options = Object.entries(command.options)
  const usage = [
    'npm run kasauti --',
    command.name,
    ...command.takes,
    ...(options.length > 0 ? ['[options]'] : []),
  ].join(' ')
  const rows = options.map(
    ([name, o]) => [`--${name}${o.value === undefined ? '' : ` ${o.value}`}`, o.help] as const,
  )
  return [
    command.summary,
    '',
    `  ${usage}`,
    ...(rows.length > 0 ? ['', ...columns(rows)] : []),
    '',
  ].join('\n')
}

export function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}
