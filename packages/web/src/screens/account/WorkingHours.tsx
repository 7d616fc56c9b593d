import type { WireOutput } from '@kasauti/contract'
import { Button, CloseButton, Select, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Answer, Failed, toast } from '../../parts/index.ts'
import { useApi, useApiMutation } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { DaysOff } from './DaysOff.tsx'
import {
  isSound,
  minutesOf,
  problemsOf,
  readTime,
  type Span,
  timeText,
  type Week,
  weekdays,
  withDay,
  withSpan,
} from './hours-form.ts'
import './hours.css'

type Hours = WireOutput<'calendar.mine'>['hours']
const mostSpans = 6
const zones = (own: string): string[] => [
  ...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')]),
]

function Spans({
  name,
  day,
  onChange,
}: {
  readonly name: string
  readonly day: readonly Span[]
  readonly onChange: (day: readonly Span[]) => void
}) {
  const { t } = useI18n()
  const problems = problemsOf(day)
  const put = (at: number, span: Span) => onChange(day.map((s, i) => (i === at ? span : s)))
  return (
    <div className="hours-spans">
      {day.map(([from, to], i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: spans have no identity
        <div key={i}>
          <div className="hours-span">
            <TextInput
              size="xs"
              type="time"
              required
              aria-label={t('account.hoursFrom', { day: name })}
              value={timeText(from)}
              onChange={(e) => put(i, [readTime(e.currentTarget.value, 'from') ?? from, to])}
            />
            <span aria-hidden="true">–</span>
            <TextInput
              size="xs"
              type="time"
              required
              aria-label={t('account.hoursTo', { day: name })}
              value={timeText(to)}
              error={problems[i] !== undefined}
              onChange={(e) => put(i, [from, readTime(e.currentTarget.value, 'to') ?? to])}
            />
            <CloseButton
              size="sm"
              aria-label={t('account.hoursRemove', { day: name })}
              onClick={() => onChange(day.filter((_, k) => k !== i))}
            />
          </div>
          {problems[i] && (
            <span className="sub small" role="alert">
              {t(`account.hours.${problems[i]}`)}
            </span>
          )}
        </div>
      ))}
    </div>
  )
}

function Day({
  at,
  week,
  onChange,
}: {
  readonly at: number
  readonly week: Week
  readonly onChange: (week: Week) => void
}) {
  const { t } = useI18n()
  const name = t(`account.weekday.${weekdays[at] ?? 'mon'}`)
  const day = week[at] ?? []
  const before = at === 0 ? undefined : week[at - 1]
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        {day.length === 0 && <span className="sub">{t('account.hoursFree')}</span>}
        <Spans name={name} day={day} onChange={(next) => onChange(withDay(week, at, next))} />
      </td>
      <td className="num">
        {before && JSON.stringify(before) !== JSON.stringify(day) && (
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => onChange(withDay(week, at, before))}
          >
            {t('account.hoursCopy')}
          </Button>
        )}
        <Button
          size="compact-xs"
          variant="subtle"
          disabled={day.length >= mostSpans}
          onClick={() => onChange(withDay(week, at, withSpan(day)))}
        >
          {t(day.length === 0 ? 'account.hoursAdd' : 'account.hoursMore')}
        </Button>
      </td>
    </tr>
  )
}

function HoursForm({ hours }: { readonly hours: Hours }) {
  const { t, format } = useI18n()
  const [zone, setZone] = useState(hours.zone)
  const [week, setWeek] = useState<Week>(hours.week)
  const save = useApiMutation('calendar.setHours', ['calendar', 'forecast'])
  const changed = zone !== hours.zone || JSON.stringify(week) !== JSON.stringify(hours.week)
  const guess = hours.source === 'guess'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const body = { zone, week: week.map((day) => day.map(([from, to]): Span => [from, to])) }
    save.mutate({ body }, { onSuccess: () => toast({ text: t('parts.saved') }) })
  }
  return (
    <form className="stack-tight" onSubmit={submit}>
      {guess && (
        <p className="guess-note">
          <span className="tag warn">{t('account.hoursGuess')}</span> {t('account.hoursGuessText')}
        </p>
      )}
      <Select
        label={t('account.zone')}
        searchable
        limit={60}
        allowDeselect={false}
        data={zones(hours.zone)}
        value={zone}
        onChange={(next) => setZone(next ?? zone)}
      />
      <table className="plain hours-table">
        <tbody>
          {weekdays.map((day, at) => (
            <Day key={day} at={at} week={week} onChange={setWeek} />
          ))}
        </tbody>
      </table>
      {save.isError && <Failed error={save.error} />}
      <div className="line-row">
        <Button
          type="submit"
          variant={guess ? 'filled' : 'default'}
          loading={save.isPending}
          disabled={!isSound(week) || !(changed || guess)}
        >
          {t(guess && !changed ? 'account.hoursConfirm' : 'account.hoursSave')}
        </Button>
        <span className="sub">
          {t('account.hoursSum', { time: format.duration(minutesOf(week) * 60_000) })}
        </span>
      </div>
    </form>
  )
}

/** When I work: forecasts and due dates reckon with it. */
export function WorkingHours() {
  const { t } = useI18n()
  const calendar = useApi('calendar.mine', {})
  return (
    <section className="card stack-tight">
      <h2>{t('account.hours')}</h2>
      <p className="sub small">{t('account.hoursText')}</p>
      <Answer of={calendar}>
        {({ hours, daysOff }) => (
          <>
            <HoursForm key={hours.updatedAt ?? 'guess'} hours={hours} />
            <DaysOff daysOff={daysOff} />
          </>
        )}
      </Answer>
    </section>
  )
}
