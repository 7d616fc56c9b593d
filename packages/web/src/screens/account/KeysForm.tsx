import { Button } from '@mantine/core'
import { useState } from 'react'
import { toast } from '../../parts/index.ts'
import { errorText, useMe, useSavePreferences } from '../../platform/api/index.ts'
import { useT } from '../../platform/i18n/index.ts'
import {
  chordLabel,
  chordOf,
  chordsOf,
  conflicts,
  Kbd,
  useCapture,
} from '../../platform/keys/index.ts'
import {
  isAnswerKey,
  type KeyScope,
  keyScopes,
  rebindable,
} from '../../platform/keys/rebindable.ts'

const scopeTitles: Readonly<Record<KeyScope, string>> = {
  app: 'frame.keyHelpEverywhere',
  today: 'frame.today',
  workbench: 'frame.work',
  overview: 'frame.overview',
  items: 'frame.items',
  item: 'item.title',
  schema: 'frame.schema',
}

type Row = (typeof rebindable)[number]

function KeyRow({
  row,
  keys,
  onChange,
}: {
  readonly row: Row
  readonly keys: Readonly<Record<string, string>>
  readonly onChange: (keys: Record<string, string>) => void
}) {
  const t = useT()
  const [refused, setRefused] = useState('')
  const capture = useCapture((event) => {
    const chord = chordOf(event)
    if (!chord) return
    capture.stop()
    if (chord === 'Escape') return
    if ((row.scope === 'workbench' || row.scope === 'app') && isAnswerKey(chord)) {
      setRefused(t('account.keyAnswers', { key: chordLabel(chord).join(' ') }))
      return
    }
    const next = { ...keys, [row.id]: chord }
    const near = rebindable.filter(
      (r) => r.scope === row.scope || r.scope === 'app' || row.scope === 'app',
    )
    const clash = conflicts(near, next).find((c) => c.ids.includes(row.id))
    const other = rebindable.find((r) => clash?.ids.includes(r.id) && r.id !== row.id)
    setRefused(
      other
        ? t('account.keyTaken', { key: chordLabel(chord).join(' '), command: t(other.title) })
        : '',
    )
    if (!clash) onChange(next)
  })
  const { [row.id]: own, ...others } = keys
  return (
    <tr>
      <td>
        {t(row.title)}
        {refused && (
          <div className="bad-text small" role="alert">
            {refused}
          </div>
        )}
      </td>
      <td className="num">
        {capture.capturing ? (
          <span className="tag accent">{t('account.pressKey')}</span>
        ) : (
          chordsOf(row, keys).map((chord) => <Kbd key={chord} chord={chord} />)
        )}
      </td>
      <td className="num">
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={capture.start}
          aria-label={t('account.changeKeyOf', { command: t(row.title) })}
        >
          {t('account.changeKey')}
        </Button>
        {own !== undefined && (
          <Button size="compact-xs" variant="subtle" onClick={() => onChange(others)}>
            {t('account.resetKey')}
          </Button>
        )}
      </td>
    </tr>
  )
}

/** Every command's key, to be bound anew; clashes are refused with the name of the other command. */
export function KeysForm() {
  const t = useT()
  const me = useMe()
  const save = useSavePreferences()
  const keys = me.preferences.keys ?? {}
  const change = (next: Record<string, string>) =>
    void save({ keys: next }).catch((thrown: unknown) =>
      toast({ text: errorText(thrown, t), tone: 'bad' }),
    )
  return (
    <section className="card stack-tight">
      <h2>{t('account.keys')}</h2>
      <p className="sub small">{t('account.keysText')}</p>
      {keyScopes.map((scope) => (
        <div key={scope}>
          <h3 className="small sub">{t(scopeTitles[scope])}</h3>
          <table className="plain">
            <tbody>
              {rebindable
                .filter((row) => row.scope === scope)
                .map((row) => (
                  <KeyRow key={row.id} row={row} keys={keys} onChange={change} />
                ))}
            </tbody>
          </table>
        </div>
      ))}
    </section>
  )
}
