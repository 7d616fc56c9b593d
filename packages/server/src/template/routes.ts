import { parseTaskSchema, type Template, templates } from '@kasauti/catalog'
import { handlers } from '../platform/http/handler.ts'

export const routes = handlers({
  'template.list': async () => ({ rows: templates.map(card) }),
})

const card = (template: Template) => ({
  name: template.name,
  title: template.title,
  summary: template.summary,
  languages: [...template.languages],
  sampleItems: template.items.length,
  fields: fieldKinds(template),
})

function fieldKinds(template: Template): string[] {
  const schema = parseTaskSchema(template.schema)
  if (!schema.ok) throw new Error(`the template ${template.name} does not parse`)
  return [...new Set(schema.value.fields.map((field) => field.kind))]
}
