/** Writes docs/reference/roles.md from the contract's policies. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { contract, type Operation } from '@kasauti/contract'
import { projectRoles } from '@kasauti/core'

const page = new URL('../docs/reference/roles.md', import.meta.url)
const all: readonly Operation[] = Object.values(contract)

/** The whole page. */
export function rolesReference(): string {
  const inProject = all.flatMap(({ may, summary, name }) =>
    typeof may === 'string' ? [] : [{ may, summary, name }],
  )
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const marks = (may: readonly string[]) => projectRoles.map((r) => (may.includes(r) ? 'yes' : ''))
  const outside = (may: Operation['may'], title: string) => [
    `## ${title}`,
    all
      .filter((op) => op.may === may)
      .map((op) => `- ${op.summary} (\`${op.name}\`)`)
      .join('\n'),
  ]
  return [
    '# Who may do what',
    'Written by `npm run generate` from the policies of the contract; a test walks every operation with every role.',
    'Within a project an admin may do all of this. Who is not a member of a project is told that it does not exist (404); a member without the role is refused (403).',
    '## In a project',
    [
      row(['What', ...projectRoles]),
      row(['---', ...projectRoles.map(() => '---')]),
      ...inProject.map((op) => row([`${op.summary} (\`${op.name}\`)`, ...marks(op.may)])),
    ].join('\n'),
    'Taking work is narrower than the table: associates and leads label, reviewers and leads review, and nobody reviews their own work.',
    ...outside('creator', 'Admins, and leads and managers of some project'),
    ...outside('admin', 'Admins only'),
    ...outside('signed-in', 'Everybody who is signed in'),
    ...outside('public', 'Anybody'),
  ]
    .join('\n\n')
    .concat('\n')
}

export function writeRolesReference(): void {
  mkdirSync(new URL('./', page), { recursive: true })
  writeFileSync(page, rolesReference())
}
