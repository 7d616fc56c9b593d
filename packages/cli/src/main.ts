#!/usr/bin/env node
/** The command line: `npm run kasauti -- <command>`. */
import { ApiError } from '@kasauti/contract'
import { KasautiError } from '@kasauti/core'
import { type Command, columns, helpOf, readArguments, UsageError } from './command.ts'
import { commands } from './commands.ts'
import { exitCodeOf, exitCodes } from './exit-code.ts'
import { complain, say } from './print.ts'

function help(): string {
  return [
    'Kasauti: label, judge, review and deliver.',
    '',
    '  npm run kasauti -- <command> [options]',
    '',
    ...columns(commands.map((c) => [c.name, c.summary])),
    '',
    'start, doctor, backup and restore are for the machine the server runs on, and read the same settings:',
    'DATA_DIR (default ./.kasauti), PORT, HOST, PUBLIC_URL, DATABASE_URL, FILES_DIR. The others talk to a',
    'running server.',
    '',
    'Exit codes:',
    ...columns(exitCodes),
    '',
    '"npm run kasauti -- <command> --help" says more about one.',
  ].join('\n')
}

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv
  if (name === undefined || name === 'help' || name === '--help') {
    say(help())
    return 0
  }
  const command: Command | undefined = commands.find((c) => c.name === name)
  if (command === undefined)
    throw new UsageError(`There is no command "${name}". Try "npm run kasauti -- help".`)
  const args = readArguments(command, rest)
  if (args.has('help')) {
    say(helpOf(command))
    return 0
  }
  return command.run(args)
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    complain(error instanceof Error ? error.message : String(error))
    if (error instanceof ApiError || error instanceof KasautiError)
      for (const p of error.problems) complain(`  ${p.path}: ${p.message}`)
    process.exit(exitCodeOf(error))
  },
)
