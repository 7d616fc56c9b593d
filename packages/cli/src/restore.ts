import { resolve } from 'node:path'
import { loadConfig, restoreBackup, withOwnDatabase } from '@kasauti/server'
import type { Command } from './command.ts'
import { createStatusLine, say } from './print.ts'

export const restore: Command = {
  name: 'restore',
  summary: 'Bring a backup into an empty installation. The server must not be running.',
  takes: ['FILE'],
  options: {},
  run: async (args) => {
    process.umask(0o077)
    const config = loadConfig(process.env)
    const path = resolve(args.positionals[0] ?? '')
    const status = createStatusLine()
    const manifest = await withOwnDatabase(config, (connection) =>
      restoreBackup(path, {
        connection,
        dataDir: config.filesDir,
        now: new Date(),
        progress: status.show,
      }),
    )
    status.end()
    say(`The backup of ${manifest.madeAt} is in ${config.filesDir}.`)
    return 0
  },
}
