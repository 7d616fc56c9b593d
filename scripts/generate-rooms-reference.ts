/** Writes docs/reference/rooms.md from the README and samples of every room and the templates' own words. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { fieldKinds, inputKinds, parseTaskSchema, type Template, templates } from '@kasauti/catalog'

const catalog = new URL('../packages/catalog/src/', import.meta.url)
const page = new URL('../docs/reference/rooms.md', import.meta.url)

/** The whole page. */
export function roomsReference(): string {
  const formats = roomsIn('formats')
  return [
    '# Rooms',
    'Written by `npm run generate` from the README of every room; to change a page, change the README.',
    '## Kinds of input',
    ...inputKinds.map((k) => roomPage('inputs', k.kind)),
    '## Kinds of field',
    ...fieldKinds.map((k) => roomPage('fields', k.kind)),
    ...(formats.length > 0 ? ['## Formats', ...formats.map((f) => roomPage('formats', f))] : []),
    '## Templates',
    ...templates.map(templatePage),
  ]
    .join('\n\n')
    .concat('\n')
}

export function writeRoomsReference(): void {
  mkdirSync(new URL('./', page), { recursive: true })
  writeFileSync(page, roomsReference())
}

function roomsIn(wing: string): string[] {
  const folder = new URL(`${wing}/`, catalog)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => existsSync(new URL(`${name}/README.md`, folder)))
    .sort()
}

/** The README two levels deeper, and the first valid sample. */
function roomPage(wing: string, room: string): string {
  const folder = new URL(`${wing}/${room}/`, catalog)
  const readme = readFileSync(new URL('README.md', folder), 'utf8').trim()
  const demoted = readme.replace(/^(#+) /gm, '##$1 ')
  const example = firstSample(new URL('samples/', folder))
  return example ? `${demoted}\n\n${example}` : demoted
}

function firstSample(folder: URL): string | undefined {
  if (!existsSync(folder)) return undefined
  const [name] = readdirSync(folder)
    .filter((f) => f.startsWith('valid-') && f.endsWith('.json'))
    .sort()
  if (!name) return undefined
  return `Example (\`${name}\`):\n\n\`\`\`json\n${readFileSync(new URL(name, folder), 'utf8').trim()}\n\`\`\``
}

function templatePage(template: Template): string {
  const schema = parseTaskSchema(template.schema)
  if (!schema.ok) throw new Error(`the template ${template.name} does not parse`)
  const rows = schema.value.fields.map((f) => {
    const asked = f.per.of === 'turn' ? `each ${f.per.roles.join(', ')} turn` : 'the item'
    const when = f.when ? 'on a condition' : f.required ? 'always' : 'optional'
    return `| \`${f.id}\` | ${f.kind} | ${f.title.en} | ${asked} | ${when} |`
  })
  const inputs = schema.value.inputs.map((i) => `\`${i.id}\` (${i.kind})`).join(', ')
  return [
    `### ${template.title.en}`,
    `\`${template.name}\`: ${template.summary.en}`,
    `Inputs: ${inputs}. People per item: ${template.overlap}. Review: ${template.review}. Sample items: ${template.items.length}.`,
    ['| Field | Kind | Question | Asked of | When |', '|---|---|---|---|---|', ...rows].join('\n'),
  ].join('\n\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeRoomsReference()
