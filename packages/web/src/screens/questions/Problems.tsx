import { localText } from '@kasauti/core'
import { problemText } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import type { Kit } from '../../workbench/index.ts'

type Problem = Parameters<typeof problemText>[0]

/** What is missing or wrong in answers, each with the field it is about. */
export function Problems({
  problems,
  kit,
}: {
  readonly problems: readonly Problem[]
  readonly kit: Kit
}) {
  const { t, locale } = useI18n()
  const fieldOf = (path: string) => {
    const [, id] = path.split('.')
    return kit.schema.fields.find((f) => f.id === id)
  }
  return (
    <ul className="small problems">
      {problems.map((p) => {
        const field = fieldOf(p.path)
        return (
          <li key={p.path}>
            {field ? <b dir="auto">{localText(field.title, locale)}</b> : <code>{p.path}</code>}{' '}
            {problemText(p, t)}
          </li>
        )
      })}
    </ul>
  )
}
