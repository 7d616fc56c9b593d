/** A forecast in words: what is expected, and how it was reached. */
import type { WireOutput } from '@kasauti/contract'
import type { useI18n } from '../../platform/i18n/index.ts'

export type Forecast = WireOutput<'forecast.get'>
export type Reason = Forecast['reasons'][number]
type Say = Pick<ReturnType<typeof useI18n>, 't' | 'format'>

const sameDay = (a: string, b: string) => new Date(a).toDateString() === new Date(b).toDateString()

/** When it will be done, in one sentence. */
export function endSentence(f: Forecast, { t, format }: Say): string {
  if (f.state === 'done') return t('forecast.done')
  if (f.state === 'never' || !f.p10) return t('forecast.never')
  if (!f.p90) return t('forecast.openEnd', { from: format.date(f.p10) })
  if (sameDay(f.p10, f.p90))
    return t('forecast.sameDay', {
      day: format.weekday(f.p10),
      from: format.time(f.p10),
      to: format.time(f.p90),
    })
  return t('forecast.between', { from: format.dayMonth(f.p10), to: format.date(f.p90) })
}

/** 0..1 that keeps "certain" for what is: 99.7 % is not said as 100 %. */
export const saidChance = (chance: number): number =>
  chance > 0 && chance < 1 ? Math.min(0.99, Math.max(0.01, chance)) : chance

export const toneOf = (chance: number): 'good' | 'warn' | 'bad' =>
  chance >= 0.8 ? 'good' : chance >= 0.5 ? 'warn' : 'bad'

/** A reason as a sentence, or nothing where it would say nothing. */
export function reasonSentence(r: Reason, { t, format }: Say): string | undefined {
  const stage = 'stage' in r ? t(`forecast.stage.${r.stage}`) : ''
  const time = (seconds: number) => format.duration(seconds * 1000)
  const round = (n: number) => format.number(Math.round(n * 10) / 10)
  switch (r.kind) {
    case 'remaining':
      return t('forecast.reason.remaining', { stage, count: r.items })
    case 'people':
      return t('forecast.reason.people', { stage, count: r.people })
    case 'nobody':
      return t('forecast.reason.nobody', { stage })
    case 'bottleneck':
      return t('forecast.reason.bottleneck', { stage })
    case 'hours':
      return t('forecast.reason.hours', { hours: round(r.hoursPerDay) })
    case 'guessed-hours':
      return t('forecast.reason.guessedHours', { count: r.people })
    case 'pace':
      return t('forecast.reason.pace', {
        stage,
        median: time(r.medianSeconds),
        fast: time(r.p10Seconds),
        slow: time(r.p90Seconds),
        items: format.number(r.items),
        count: r.people,
      })
    case 'guessed-pace':
      return t('forecast.reason.guessedPace', { stage, median: time(r.seconds) })
    case 'productive':
      return r.days === 0
        ? t('forecast.reason.guessedProductive', { share: format.percent(r.share) })
        : t('forecast.reason.productive', { share: format.percent(r.share), count: r.days })
    case 'absence':
      return r.share === 0
        ? undefined
        : t('forecast.reason.absence', { share: format.percent(r.share), count: r.days })
    case 'returns':
      return t('forecast.reason.returns', { share: format.percent(r.share), count: r.reviews })
    case 'days-off':
      return t('forecast.reason.daysOff', { count: r.days, people: r.people })
    case 'ahead':
      return t('forecast.reason.ahead', { hours: round(r.hours), count: r.batches })
    case 'came':
      return t('forecast.reason.came', { count: r.batches, days: r.days })
    case 'draws':
      return t('forecast.reason.draws', { draws: format.number(r.draws) })
  }
}
