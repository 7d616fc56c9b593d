import type { TaskSchema } from '@kasauti/catalog'
import { localText, type Problem } from '@kasauti/core'
import { Button, Menu } from '@mantine/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useI18n } from '../../platform/i18n/index.ts'
import { type Part, type Place, placeOf } from './draft.ts'

type Props = {
  readonly schema: TaskSchema
  readonly problems: readonly Problem[]
  readonly selected: Place
  readonly inputKinds: readonly string[]
  readonly fieldKinds: readonly string[]
  readonly readOnly: boolean
  readonly onSelect: (place: Place) => void
  readonly onMove: (place: Place, to: number) => void
  readonly onRemove: (place: Place) => void
  readonly onDuplicate: (at: number) => void
  readonly onAdd: (part: Part, kind: string) => void
}
type Row = {
  readonly id: string
  readonly kind: string
  readonly title: string
  readonly mark: string
}

/** What is shown and what is asked, in order. Alt+arrows move the selected one, Delete takes it out. */
export function Structure(props: Props) {
  const { schema } = props
  const { t, locale } = useI18n()
  const inputs = schema.inputs.map(
    (i): Row => ({
      id: i.id,
      kind: i.kind,
      title: i.title ? localText(i.title, locale) : i.id,
      mark: '',
    }),
  )
  const fields = schema.fields.map(
    (f): Row => ({
      id: f.id,
      kind: f.kind,
      title: localText(f.title, locale) || f.id,
      mark: [
        f.required ? '' : t('schema.mark.optional'),
        f.when ? t('schema.mark.conditional') : '',
        f.per.of === 'turn' ? t('schema.mark.perTurn') : '',
      ]
        .filter(Boolean)
        .join(' · '),
    }),
  )
  return (
    <nav className="sd-structure" aria-label={t('schema.structure')}>
      <Section {...props} part="inputs" rows={inputs} kinds={props.inputKinds} />
      <Section {...props} part="fields" rows={fields} kinds={props.fieldKinds} />
      {!props.readOnly && <p className="sub small">{t('schema.structureKeys')}</p>}
    </nav>
  )
}

function Section(
  props: Props & {
    readonly part: Part
    readonly rows: readonly Row[]
    readonly kinds: readonly string[]
  },
) {
  const { part, rows } = props
  const { t } = useI18n()
  const [over, setOver] = useState<number>()
  const dragged = useRef<number>(undefined)
  const list = useRef<HTMLOListElement>(null)
  const focus = (at: number) =>
    requestAnimationFrame(() =>
      list.current?.querySelectorAll<HTMLElement>('.sd-row-main')[at]?.focus(),
    )
  const onKey = (e: KeyboardEvent, at: number) => {
    const step = e.code === 'ArrowDown' ? 1 : e.code === 'ArrowUp' ? -1 : 0
    const to = Math.max(0, Math.min(rows.length - 1, at + step))
    if (step !== 0) {
      e.preventDefault()
      if (e.altKey && !props.readOnly) props.onMove({ part, at }, to)
      else props.onSelect({ part, at: to })
      focus(to)
    } else if (e.code === 'Delete' && !props.readOnly) {
      e.preventDefault()
      props.onRemove({ part, at })
      focus(Math.max(0, at - 1))
    } else if (e.code === 'KeyD' && e.ctrlKey && part === 'fields' && !props.readOnly) {
      e.preventDefault()
      props.onDuplicate(at)
    }
  }
  return (
    <section>
      <h2>{t(`schema.part.${part}`)}</h2>
      <ol ref={list} className="sd-rows">
        {rows.map((row, at) => {
          const place = { part, at }
          const wrong = props.problems.some((p) => {
            const found = placeOf(p)?.place
            return found?.part === part && found.at === at
          })
          const on = props.selected.part === part && props.selected.at === at
          return (
            <li
              key={row.id}
              className="sd-row"
              data-on={on || undefined}
              data-over={over === at || undefined}
              draggable={!props.readOnly}
              onDragStart={(e) => {
                dragged.current = at
                e.dataTransfer.effectAllowed = 'move'
              }}
              onDragOver={(e) => {
                if (dragged.current === undefined) return
                e.preventDefault()
                setOver(at)
              }}
              onDragEnd={() => {
                dragged.current = undefined
                setOver(undefined)
              }}
              onDrop={() => {
                if (dragged.current !== undefined && dragged.current !== at)
                  props.onMove({ part, at: dragged.current }, at)
                setOver(undefined)
              }}
            >
              <button
                type="button"
                className="sd-row-main"
                aria-current={on || undefined}
                onClick={() => props.onSelect(place)}
                onKeyDown={(e) => onKey(e, at)}
              >
                <span className="clip" dir="auto">
                  {row.title}
                  {wrong && (
                    <span className="sd-wrong" role="img" aria-label={t('schema.hasProblems')}>
                      {' '}
                      ●
                    </span>
                  )}
                </span>
                <small className="sub clip">
                  {t(`schema.kind.${row.kind}`)}
                  {row.mark && ` · ${row.mark}`}
                </small>
              </button>
              {!props.readOnly && on && (
                <span className="sd-row-tools">
                  {part === 'fields' && (
                    <button
                      type="button"
                      className="sd-tool"
                      aria-label={t('schema.duplicate')}
                      title={t('schema.duplicate')}
                      onClick={() => props.onDuplicate(at)}
                    >
                      ⧉
                    </button>
                  )}
                  <button
                    type="button"
                    className="sd-tool"
                    aria-label={t('schema.remove')}
                    title={t('schema.remove')}
                    disabled={rows.length === 1}
                    onClick={() => props.onRemove(place)}
                  >
                    ×
                  </button>
                </span>
              )}
            </li>
          )
        })}
      </ol>
      {!props.readOnly && (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button size="xs" variant="light" fullWidth>
              {t(`schema.add.${part}`)}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {props.kinds.map((kind) => (
              <Menu.Item key={kind} onClick={() => props.onAdd(part, kind)}>
                <b>{t(`schema.kind.${kind}`)}</b>
                <br />
                <small className="sub">{t(`schema.about.${part}.${kind}`)}</small>
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </section>
  )
}
