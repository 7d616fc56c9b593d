import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { Answer, Failed } from '../../parts/index.ts'
import { useApi } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { Band, type BandRow } from './Band.tsx'
import { type Change, isChanged, noChange, queryOf, WhatIf } from './WhatIf.tsx'
import { endSentence, type Forecast, reasonSentence, saidChance, toneOf } from './words.ts'
import './forecast.css'

type Place = {
  readonly projectId: string
  /** Without it, all of the project. */
  readonly batchId?: string
}

function useForecast({ projectId, batchId }: Place, change: Change) {
  const query = queryOf(change)
  const batch = useApi(
    'forecast.get',
    { params: { projectId, batchId: batchId ?? '' }, query },
    { enabled: batchId !== undefined, keep: 'previous' },
  )
  const project = useApi(
    'forecast.project',
    { params: { projectId }, query },
    { enabled: batchId === undefined, keep: 'previous' },
  )
  return batchId === undefined ? project : batch
}

function Chance({ forecast: { chance, due } }: { readonly forecast: Forecast }) {
  const { t, format } = useI18n()
  if (chance === undefined || due === undefined) return null
  return (
    <span className={`tag ${toneOf(chance)}`}>
      {t('forecast.chance', {
        chance: format.percent(saidChance(chance)),
        due: format.dayMonth(due),
      })}
    </span>
  )
}

function Reached({ forecast }: { readonly forecast: Forecast }) {
  const { t, format } = useI18n()
  const sentences = forecast.reasons.flatMap((r) =>
    r.kind === 'bottleneck' ? [] : (reasonSentence(r, { t, format }) ?? []),
  )
  return (
    <details>
      <summary>{t('forecast.reached')}</summary>
      <ul className="forecast-reasons">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {forecast.stages.length > 1 && (
        <table className="plain">
          <caption className="offscreen">{t('forecast.stages')}</caption>
          <tbody>
            {forecast.stages.map((s) => (
              <tr key={s.stage}>
                <th scope="row">{t(`forecast.stage.${s.stage}`)}</th>
                <td>
                  {s.p50
                    ? t('forecast.stageEnd', { when: format.dateTime(s.p50) })
                    : t('forecast.never')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  )
}

function Record({ projectId }: { readonly projectId: string }) {
  const { t } = useI18n()
  const record = useApi('forecast.record', { params: { projectId } })
  if (!record.data || record.data.batches === 0) return null
  const { batches, within } = record.data
  return <p className="sub small">{t('forecast.record', { count: batches, within })}</p>
}

function Panel({ place, now }: { readonly place: Place; readonly now: Forecast }) {
  const { t, format } = useI18n()
  const [change, setChange] = useState(noChange)
  const [asked] = useDebouncedValue(change, 250)
  const changed = isChanged(asked)
  const other = useForecast(place, asked)
  const rows: BandRow[] = [
    { name: t('forecast.asItIs'), forecast: now, tone: 'now' },
    ...(changed && other.data
      ? [{ name: t('forecast.changed'), forecast: other.data, tone: 'if' as const }]
      : []),
  ]
  const nobody = now.reasons.filter((r) => r.kind === 'nobody')
  const held = now.reasons.find((r) => r.kind === 'bottleneck')
  return (
    <div className="stack-tight">
      <p className="forecast-sentence">
        {endSentence(now, { t, format })} <Chance forecast={now} />
      </p>
      {nobody.map((r) => (
        <p key={r.stage} className="forecast-warning">
          {reasonSentence(r, { t, format })}
        </p>
      ))}
      {now.state !== 'done' && (
        <>
          <Band rows={rows} label={endSentence(now, { t, format })} />
          <div aria-live="polite" className={other.isFetching ? 'sub' : ''}>
            {changed && other.data && (
              <p className="forecast-sentence if">
                {t('forecast.then', { sentence: endSentence(other.data, { t, format }) })}{' '}
                <Chance forecast={other.data} />
              </p>
            )}
            {changed && other.isError && <Failed error={other.error} />}
          </div>
          {held && <p className="sub">{reasonSentence(held, { t, format })}</p>}
          <WhatIf
            change={change}
            overlap={now.overlap}
            reviews={now.stages.some((s) => s.stage === 'review') ? 'some' : 'none'}
            onChange={setChange}
          />
          <Reached forecast={changed && other.data ? other.data : now} />
        </>
      )}
      <Record projectId={place.projectId} />
    </div>
  )
}

/** When a batch (or all of a project) will be done: an interval, how it was reached, and what if. */
export function ForecastPanel(place: Place) {
  const { t } = useI18n()
  const now = useForecast(place, noChange)
  return (
    <section className="card stack-tight">
      <h2>{t('forecast.title')}</h2>
      <Answer of={now} lines={4}>
        {(forecast) => <Panel place={place} now={forecast} />}
      </Answer>
    </section>
  )
}
