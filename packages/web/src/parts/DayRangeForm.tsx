import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useT } from '../platform/i18n/index.ts'

export type DayRange = {
  readonly firstDay: string
  readonly lastDay: string
  readonly title: string
}

/** Days with a name: one day, or from a day to a day. */
export function DayRangeForm({
  title,
  add,
  pending,
  onAdd,
}: {
  readonly title: { readonly label: string; readonly required?: true }
  readonly add: string
  readonly pending: boolean
  /** Calls `done` when the days are there: the form is emptied. */
  readonly onAdd: (range: DayRange, done: () => void) => void
}) {
  const t = useT()
  const [first, setFirst] = useState('')
  const [last, setLast] = useState('')
  const [name, setName] = useState('')
  const backwards = last !== '' && last < first
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (backwards) return
    onAdd({ firstDay: first, lastDay: last === '' ? first : last, title: name.trim() }, () => {
      setFirst('')
      setLast('')
      setName('')
    })
  }
  return (
    <form className="line-row options-row" onSubmit={submit}>
      <TextInput
        size="xs"
        type="date"
        required
        label={t('parts.firstDay')}
        value={first}
        onChange={(e) => setFirst(e.currentTarget.value)}
      />
      <TextInput
        size="xs"
        type="date"
        label={t('parts.lastDay')}
        min={first}
        value={last}
        error={backwards && t('parts.daysBackwards')}
        onChange={(e) => setLast(e.currentTarget.value)}
      />
      <TextInput
        className="grow"
        size="xs"
        dir="auto"
        label={title.label}
        required={title.required ?? false}
        maxLength={120}
        value={name}
        onChange={(e) => setName(e.currentTarget.value)}
      />
      <Button size="xs" type="submit" variant="default" loading={pending}>
        {add}
      </Button>
    </form>
  )
}
