import { localText } from '@kasauti/core'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Answer, Empty, Page } from '../../parts/index.ts'
import { client, useApi } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { Distribution } from './Distribution.tsx'
import { Filters, type Query } from './Filters.tsx'
import { type Report, scaleOf } from './scale.ts'
import { TimesTable } from './TimesTable.tsx'
import './time.css'

function Found({ report, by }: { readonly report: Report; readonly by: keyof typeof titles }) {
  const { t, locale, format } = useI18n()
  const { all } = report
  const name = (row: Report['rows'][number]): string => {
    if (row.stage) return t(`time.stage.${row.stage}`)
    if (row.day) return format.date(`${row.day}T12:00:00Z`)
    return row.name || t('time.elsewhere')
  }
  if (all.n === 0) return <Empty title={t('time.none')} text={t('time.noneText')} />
  return (
    <>
      <section className="card" aria-labelledby="time-all">
        <h2 id="time-all">
          {t('time.all', {
            n: all.n,
            median: format.duration(all.medianMs ?? 0),
            p90: format.duration(all.p90Ms ?? 0),
          })}
        </h2>
        <Distribution times={all} scale={scaleOf([all])} size="large" />
        {all.reported > 0 && <p className="sub">{t('time.reported', { n: all.reported })}</p>}
      </section>
      <section className="card" aria-label={t(titles[by])}>
        <TimesTable
          title={t(titles[by])}
          lines={report.rows.map((row) => ({ key: row.key, title: name(row), times: row }))}
        />
      </section>
      {report.fields.length > 0 && (
        <section className="card" aria-labelledby="time-fields">
          <h2 id="time-fields">{t('time.fields')}</h2>
          <p className="sub">{t('time.fieldsText')}</p>
          <TimesTable
            title={t('time.field')}
            lines={report.fields.map((field) => ({
              key: field.field,
              title: field.title ? localText(field.title, locale) : field.field,
              times: field,
            }))}
          />
        </section>
      )}
    </>
  )
}
const titles = {
  person: 'time.by.person',
  batch: 'time.by.batch',
  stage: 'time.by.stage',
  day: 'time.by.day',
} as const

/** How long work takes, as distributions. */
export function TimeScreen() {
  const { t } = useI18n()
  const { projectId } = useParams({ from: '/signed/framed/projects/$projectId/time' })
  const [query, setQuery] = useState<Query>({ by: 'person' })
  const report = useApi('time.report', { params: { projectId }, query })
  const by = query.by ?? 'person'
  return (
    <Page
      title={t('time.title')}
      sub={t('time.rule', { seconds: report.data?.rule.idleSeconds ?? 30 })}
      actions={
        <a
          className="small"
          href={client.url('time.table', { params: { projectId }, query })}
          download
        >
          {t('time.csv')}
        </a>
      }
    >
      <Filters query={query} report={report.data} onChange={setQuery} />
      <Answer of={report}>{(found) => <Found report={found} by={by} />}</Answer>
    </Page>
  )
}
