import type { TaskSchema } from '@kasauti/catalog'
import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { problemText } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { fromText, toText } from './json-text.ts'

type Props = {
  readonly schema: TaskSchema
  readonly readOnly: boolean
  readonly onChange: (next: TaskSchema) => void
}

/** The same schema as text. What has the shape of a schema goes over at once; what has not waits here. */
export function JsonTab({ schema, readOnly, onChange }: Props) {
  const { t } = useI18n()
  const [text, setText] = useState(() => toText(schema))
  const [seen, setSeen] = useState(schema)
  if (seen !== schema) {
    setSeen(schema)
    const mine = fromText(text)
    if (JSON.stringify(mine.schema) !== JSON.stringify(schema)) setText(toText(schema))
  }
  const read = fromText(text)
  const take = (next: string) => {
    setText(next)
    const parsed = fromText(next)
    if (parsed.schema && JSON.stringify(parsed.schema) !== JSON.stringify(schema))
      onChange(parsed.schema)
  }
  return (
    <div className="sd-json">
      <div className="line-row">
        <p className="sub grow">{t('schema.jsonHelp')}</p>
        <Button size="xs" variant="default" onClick={() => setText(toText(schema))}>
          {t('schema.jsonFormat')}
        </Button>
      </div>
      <Textarea
        aria-label={t('schema.tab.json')}
        classNames={{ input: 'mono sd-json-text' }}
        spellCheck={false}
        readOnly={readOnly}
        value={text}
        onChange={(e) => take(e.currentTarget.value)}
      />
      {read.problems.length > 0 && (
        <ul className="sd-problems" role="status">
          {read.problems.slice(0, 50).map((p) => (
            <li key={`${p.path} ${p.message}`}>
              <code>{p.path}</code> {problemText(p, t)}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
