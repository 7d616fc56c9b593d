import { Button } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useI18n } from '../../platform/i18n/index.ts'
import { BatchLink, RiskTag } from './BatchCard.tsx'
import type { ViewProps } from './Board.tsx'
import { type Batch, byUrgency, isAhead, nameOf } from './batch.ts'
import { dayByKey, dayOf, dayOfDue, monthAfter, monthOf, noonOf, weeksOf } from './calendar.ts'

type CalendarProps = ViewProps & {
  readonly month: string | undefined
  readonly onMonth: (month: string) => void
}

const shownPerDay = 3

function Cell({
  day,
  month,
  chosen,
  batches,
  onChoose,
}: {
  readonly day: string
  readonly month: string
  readonly chosen: string
  readonly batches: readonly Batch[]
  readonly onChoose: (day: string) => void
}) {
  const { t, format } = useI18n()
  const cell = useRef<HTMLButtonElement>(null)
  const kind = [
    day.startsWith(month) ? '' : 'other',
    day === dayOf(new Date()) ? 'today' : '',
    day === chosen ? 'chosen' : '',
  ].join(' ')
  return (
    <td className={kind}>
      <button
        ref={cell}
        type="button"
        data-day={day}
        tabIndex={day === chosen ? 0 : -1}
        aria-pressed={day === chosen}
        aria-current={day === dayOf(new Date()) ? 'date' : undefined}
        onClick={() => onChoose(day)}
      >
        <span className="offscreen">
          {batches.length === 0
            ? format.weekday(noonOf(day))
            : t('batches.dayWith', { day: format.weekday(noonOf(day)), count: batches.length })}
        </span>
        <span className="day-number" aria-hidden="true">
          {format.number(noonOf(day).getDate())}
        </span>
        {batches.slice(0, shownPerDay).map((b) => (
          <span
            key={b.batchId}
            className={`due-batch ${isAhead(b) ? b.risk : 'over'}`}
            dir="auto"
            title={nameOf(b, t)}
          >
            {nameOf(b, t)}
          </span>
        ))}
        {batches.length > shownPerDay && (
          <span className="sub small">
            {t('batches.more', { count: batches.length - shownPerDay })}
          </span>
        )}
      </button>
    </td>
  )
}

/** Due dates on the days of a month; arrows go by day and week, Page Up and Down by month. */
export function Calendar({ batches, of, month: asked, onMonth }: CalendarProps) {
  const { t, format } = useI18n()
  const month = asked ?? monthOf(new Date())
  const [chosen, setChosen] = useState(
    month === monthOf(new Date()) ? dayOf(new Date()) : `${month}-01`,
  )
  const grid = useRef<HTMLTableElement>(null)
  const focusNext = useRef<'focus'>(undefined)
  useEffect(() => {
    if (focusNext.current !== 'focus') return
    focusNext.current = undefined
    grid.current?.querySelector<HTMLElement>(`[data-day="${chosen}"]`)?.focus()
  })
  const show = (next: string) => {
    setChosen(`${next}-01`)
    onMonth(next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const day = event.ctrlKey || event.metaKey ? undefined : dayByKey(chosen, event.key)
    if (day === undefined) return
    event.preventDefault()
    focusNext.current = 'focus'
    setChosen(day)
    if (day.slice(0, 7) !== month) onMonth(day.slice(0, 7))
  }
  const dated = batches.filter((b) => b.dueAt !== undefined).sort(byUrgency)
  const byDay = Map.groupBy(dated, (b) => dayOfDue(b.dueAt))
  const undated = batches.filter((b) => b.dueAt === undefined && b.kind === 'made' && isAhead(b))
  const weeks = weeksOf(month)
  const onChosen = byDay.get(chosen) ?? []
  return (
    <div className="stack">
      <div className="line-row">
        <h2 className="grow calendar-title" aria-live="polite">
          {format.month(noonOf(`${month}-01`))}
        </h2>
        <Button variant="default" onClick={() => show(monthAfter(month, -1))}>
          {t('batches.monthBefore')}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            setChosen(dayOf(new Date()))
            onMonth(monthOf(new Date()))
          }}
        >
          {t('batches.today')}
        </Button>
        <Button variant="default" onClick={() => show(monthAfter(month, 1))}>
          {t('batches.monthAfter')}
        </Button>
      </div>
      <div className="calendar-pair">
        <table
          ref={grid}
          className="batch-calendar"
          aria-label={t('batches.calendarLabel', { month: format.month(noonOf(`${month}-01`)) })}
          onKeyDown={onKeyDown}
        >
          <thead>
            <tr>
              {(weeks[0] ?? []).map((day) => (
                <th key={day} scope="col">
                  {format.weekdayShort(noonOf(day))}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeks.map((week) => (
              <tr key={week[0]}>
                {week.map((day) => (
                  <Cell
                    key={day}
                    day={day}
                    month={month}
                    chosen={chosen}
                    batches={byDay.get(day) ?? []}
                    onChoose={setChosen}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <aside className="card stack-tight">
          <h3>{format.weekday(noonOf(chosen))}</h3>
          <DueList batches={onChosen} of={of} none={t('batches.noneDue')} />
          {undated.length > 0 && (
            <>
              <h3>{t('batches.undated')}</h3>
              <DueList batches={undated} of={of} none="" />
            </>
          )}
        </aside>
      </div>
    </div>
  )
}

function DueList({
  batches,
  of,
  none,
}: {
  readonly batches: readonly Batch[]
  readonly of: 'one' | 'several'
  readonly none: string
}) {
  if (batches.length === 0) return <p className="sub small">{none}</p>
  return (
    <ul className="due-list">
      {batches.map((b) => (
        <li key={b.batchId}>
          <BatchLink batch={b} /> <RiskTag batch={b} />
          {of === 'several' && (
            <div className="sub small" dir="auto">
              {b.projectName}
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}
