import { resolve } from 'node:path'
import { loadConfig, withDatabase, writeBackup } from '@kasauti/server'
import type { Command } from './command.ts'
import { bytesText, createStatusLine, say } from './print.ts'

export const backup: Command = {
  name: 'backup',
  summary: 'Write the whole installation into one file; the server may go on running.',
  takes: ['FILE'],
  options: {},
  run: async (args) => {
    const config = loadConfig(process.env)
    const path = resolve(args.positionals[0] ?? '')
    const status = createStatusLine()
    const manifest = await withDatabase(config, (connection) =>
      writeBackup(path, {
        connection,
        dataDir: config.filesDir,
        now: new Date(),
        progress: status.show,
      }),
    )
    status.end()
    const tables = Object.values(manifest.tables)
    const files = Object.values(manifest.files)
    const rows = tables.reduce((n, t) => n + t.rows, 0)
    const bytes = [...tables, ...files].reduce((n, e) => n + e.bytes, 0)
    say(
      `${path}: ${rows} rows of ${tables.length} tables and ${files.length} files, ${bytesText(bytes)} before compression.`,
    )
    return 0
  },
}
