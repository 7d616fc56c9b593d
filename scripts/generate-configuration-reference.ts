/** Writes docs/reference/configuration.md from the settings' zod schema. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { settingsSchema } from '../packages/server/src/platform/config.ts'

const page = new URL('../docs/reference/configuration.md', import.meta.url)

/** The whole page. */
export function configurationReference(): string {
  const rows = Object.entries(settingsSchema.shape).map(([name, schema]) => {
    const { description = '' } = schema.meta() ?? {}
    const first = schema.safeParse(undefined).data
    const unset = first === undefined ? 'not set' : `\`${String(first)}\``
    return `| \`${name}\` | ${unset} | ${description} |`
  })
  return [
    '# Configuration',
    'Written by `npm run generate` from `packages/server/src/platform/config.ts`.',
    'A setting is an environment variable, or a key of `kasauti.json` in the data directory: one JSON object with the names below. The environment wins over the file, the file over the default. An unknown key in the file, or a value that does not fit, stops the start with a message that names it. The server reads its settings once, when it starts.',
    [
      '| Setting | Default | Meaning |',
      '|---|---|---|',
      '| `DATA_DIR` | `./.kasauti` | The directory that holds everything the installation keeps. Environment only. |',
      ...rows,
    ].join('\n'),
    [
      'The command line reads these as well:',
      '',
      '| Variable | Meaning |',
      '|---|---|',
      '| `KASAUTI_URL` | Address of the server, for the commands that talk to one. |',
      '| `KASAUTI_TOKEN` | Personal access token for them. |',
      '| `CHROMIUM_PATH` | The Chromium that `npm test` drives. |',
    ].join('\n'),
  ]
    .join('\n\n')
    .concat('\n')
}

export function writeConfigurationReference(): void {
  mkdirSync(new URL('./', page), { recursive: true })
  writeFileSync(page, configurationReference())
}
