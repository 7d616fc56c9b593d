import type { Locale } from '@kasauti/core'
import { intlLocale } from './translator.ts'

type Moment = Date | string | number
const moment = (at: Moment): Date => (at instanceof Date ? at : new Date(at))

/** Numbers, dates and sizes as the language writes them. Times are the device's own. */
export type Formats = {
  number(value: number): string
  /** @param share 0..1 */
  percent(share: number): string
  /** "23 Nov 2026" */
  date(at: Moment): string
  /** "Monday 23 November" */
  weekday(at: Moment): string
  /** "23 Nov" */
  dayMonth(at: Moment): string
  /** "November 2026" */
  month(at: Moment): string
  /** "Mon" */
  weekdayShort(at: Moment): string
  /** "14:05" */
  time(at: Moment): string
  /** "23 Nov 2026, 14:05" */
  dateTime(at: Moment): string
  /** "14:05" today, "23 Nov" this year, else with the year. */
  when(at: Moment): string
  /** "5 minutes ago" */
  ago(at: Moment, now?: Moment): string
  /** "2 h 41 min"; seconds only below an hour. */
  duration(ms: number): string
  /** "1.4 MB", powers of 1000. */
  bytes(count: number): string
  list(parts: readonly string[]): string
}

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]
const sizes = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

function durationParts(ms: number): readonly (readonly [number, 'hour' | 'minute' | 'second'])[] {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return [[seconds, 'second']]
  const minutes = Math.floor(seconds / 60)
  if (minutes < 10 && seconds % 60 > 0)
    return [
      [minutes, 'minute'],
      [seconds % 60, 'second'],
    ]
  if (minutes < 60) return [[minutes, 'minute']]
  const hours = Math.floor(minutes / 60)
  return minutes % 60 > 0
    ? [
        [hours, 'hour'],
        [minutes % 60, 'minute'],
      ]
    : [[hours, 'hour']]
}

/** The formats of a language. */
export function formats(locale: Locale): Formats {
  const tag = intlLocale(locale)
  const number = new Intl.NumberFormat(tag)
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 })
  const dateTime = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options)
  const date = dateTime({ dateStyle: 'medium' })
  const weekday = dateTime({ weekday: 'long', day: 'numeric', month: 'long' })
  const time = dateTime({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const dayMonth = dateTime({ day: 'numeric', month: 'short' })
  const month = dateTime({ month: 'long', year: 'numeric' })
  const weekdayShort = dateTime({ weekday: 'short' })
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })
  const list = new Intl.ListFormat(tag, { type: 'conjunction' })
  const unit = (value: number, name: string, digits: number) =>
    new Intl.NumberFormat(tag, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: digits,
    }).format(value)
  const when = (at: Moment): string => {
    const then = moment(at)
    const now = new Date()
    if (then.toDateString() === now.toDateString()) return time.format(then)
    return then.getFullYear() === now.getFullYear() ? dayMonth.format(then) : date.format(then)
  }
  const ago = (at: Moment, now: Moment = new Date()): string => {
    const seconds = (moment(at).getTime() - moment(now).getTime()) / 1000
    const step = steps.find(([, size]) => Math.abs(seconds) >= size)
    return step
      ? relative.format(Math.round(seconds / step[1]), step[0])
      : relative.format(0, 'minute')
  }
  const bytes = (count: number): string => {
    const power = count < 1000 ? 0 : Math.min(sizes.length - 1, Math.floor(Math.log10(count) / 3))
    return unit(
      count / 1000 ** power,
      sizes[power] ?? 'byte',
      count / 1000 ** power < 10 && power > 0 ? 1 : 0,
    )
  }
  return {
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    date: (at) => date.format(moment(at)),
    weekday: (at) => weekday.format(moment(at)),
    dayMonth: (at) => dayMonth.format(moment(at)),
    month: (at) => month.format(moment(at)),
    weekdayShort: (at) => weekdayShort.format(moment(at)),
    time: (at) => time.format(moment(at)),
    dateTime: (at) => `${date.format(moment(at))}, ${time.format(moment(at))}`,
    when,
    ago,
    duration: (ms) =>
      durationParts(ms)
        .map(([value, name]) => unit(value, name, 0))
        .join(' '),
    bytes,
    list: (parts) => list.format(parts),
  }
}
