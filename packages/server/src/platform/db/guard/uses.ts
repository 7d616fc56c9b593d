/** Where the program reaches across projects, and why: read from its sources. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const sources = fileURLToPath(new URL('../../../', import.meta.url))
const use = /unscoped\(\s*(?:'([^']+)'|"([^"]+)"|`([^`]+)`)|\/\* unscoped: ([^*$]+?) \*\//g

/** The page docs/reference/unscoped.md. */
export function unscopedPage(): string {
  const rows = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts') && !f.includes(join('db', 'guard')))
    .sort()
    .flatMap((file) =>
      [...readFileSync(join(sources, file), 'utf8').matchAll(use)].map(
        (m) => `| \`${file}\` | ${m[1] ?? m[2] ?? m[3] ?? m[4]} |`,
      ),
    )
  return `# Statements that reach across projects

Written by "npm run generate" from the server's sources. Every other statement names its project.

| Where | Why |
|---|---|
${rows.join('\n')}
`
}
