import type { LocalText } from '@kasauti/core'
import { ActionIcon, Group, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'

/** A text in both languages, side by side. */
export function LocalTextInput(props: {
  readonly label: string
  readonly value: LocalText
  readonly onChange: (next: LocalText) => void
  readonly error?: string | undefined
  readonly size?: 'xs' | 'sm'
}) {
  const { value, onChange } = props
  const setHindi = (hi: string) => onChange(hi === '' ? { en: value.en } : { ...value, hi })
  const size = props.size ?? 'xs'
  return (
    <div className="kb-local">
      <TextInput
        size={size}
        label={props.label}
        leftSection={<small>en</small>}
        aria-label={`${props.label} · English`}
        value={value.en}
        error={props.error}
        lang="en"
        onChange={(e) => onChange({ ...value, en: e.currentTarget.value })}
      />
      <TextInput
        size={size}
        leftSection={<small lang="hi">हि</small>}
        aria-label={`${props.label} · हिन्दी`}
        value={value.hi ?? ''}
        lang="hi"
        onChange={(e) => setHindi(e.currentTarget.value)}
      />
    </div>
  )
}

/** As above, for a text that may be left out. */
export const OptionalLocalText = (props: {
  readonly label: string
  readonly value: LocalText | undefined
  readonly onChange: (next: LocalText | undefined) => void
}) => (
  <LocalTextInput
    label={props.label}
    value={props.value ?? { en: '' }}
    onChange={(v) => props.onChange(v.en === '' && (v.hi ?? '') === '' ? undefined : v)}
  />
)

const swap = <T,>(rows: readonly T[], a: number, b: number): readonly T[] =>
  rows.map((row, i) => (i === a ? (rows[b] ?? row) : i === b ? (rows[a] ?? row) : row))

/** An ordered list of rows with buttons to move and remove each. */
export function RowList<T>(props: {
  readonly rows: readonly T[]
  readonly onChange: (next: readonly T[]) => void
  readonly row: (row: T, set: (next: T) => void, place: number) => ReactNode
  readonly labels: { readonly up: string; readonly down: string; readonly remove: string }
  readonly atLeast?: number
}) {
  const { rows, onChange, labels } = props
  return (
    <ol className="kb-rows">
      {rows.map((row, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity, their names are being edited
        <li key={i} className="kb-rows-row">
          <div className="kb-rows-body">
            {props.row(row, (next) => onChange(rows.map((r, j) => (j === i ? next : r))), i)}
          </div>
          <Group gap={0} wrap="nowrap" className="kb-rows-tools">
            <ActionIcon
              size={24}
              variant="subtle"
              color="gray"
              aria-label={labels.up}
              disabled={i === 0}
              onClick={() => onChange(swap(rows, i, i - 1))}
            >
              ↑
            </ActionIcon>
            <ActionIcon
              size={24}
              variant="subtle"
              color="gray"
              aria-label={labels.down}
              disabled={i === rows.length - 1}
              onClick={() => onChange(swap(rows, i, i + 1))}
            >
              ↓
            </ActionIcon>
            <ActionIcon
              size={24}
              variant="subtle"
              color="gray"
              aria-label={labels.remove}
              disabled={rows.length <= (props.atLeast ?? 1)}
              onClick={() => onChange(rows.filter((_, j) => j !== i))}
            >
              ×
            </ActionIcon>
          </Group>
        </li>
      ))}
    </ol>
  )
}
