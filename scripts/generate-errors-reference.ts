/** Writes docs/reference/errors.md from the table of errors and the interface's English texts. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { errorStatus } from '@kasauti/core'

const page = new URL('../docs/reference/errors.md', import.meta.url)
const messages = new URL('../packages/web/src/platform/api/messages.en.json', import.meta.url)

/** The whole page. Throws when a code has no text. */
export function errorsReference(): string {
  const texts = JSON.parse(readFileSync(messages, 'utf8')) as Record<string, string>
  const rows = Object.entries(errorStatus).map(([code, status]) => {
    const text = texts[`error.${code}`]
    if (text === undefined) throw new Error(`the interface has no text for ${code}`)
    return `| \`${code}\` | ${status} | ${text} |`
  })
  return [
    '# Errors',
    'Written by `npm run generate` from `packages/core/src/errors.ts` and the English texts of the interface.',
    'A failure is `application/problem+json`: `type`, `title`, `status`, the stable `code` below, a `detail` in English, `problems` with the `path` and `message` of each mistake, and the `requestId` that the server log carries. Decide by `code`; the words may change.',
    ['| Code | Status | What the interface says |', '|---|---|---|', ...rows].join('\n'),
  ]
    .join('\n\n')
    .concat('\n')
}

export function writeErrorsReference(): void {
  mkdirSync(new URL('./', page), { recursive: true })
  writeFileSync(page, errorsReference())
}
