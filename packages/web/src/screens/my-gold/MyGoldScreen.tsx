import type { WireOutput } from '@kasauti/contract'
import { localText } from '@kasauti/core'
import { useParams } from '@tanstack/react-router'
import { Answer, Empty, GoldAppeal, Page } from '../../parts/index.ts'
import { useApi } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

type Row = WireOutput<'gold.mine'>['rows'][number]

function Result({ projectId, row }: { readonly projectId: string; readonly row: Row }) {
  const { t, format, locale } = useI18n()
  return (
    <article className="card stack-tight">
      <div className="line-row">
        <code>{row.reference}</code>
        <span className={row.correct ? 'tag good' : 'tag bad'}>
          {t(row.correct ? 'my-gold.right' : 'my-gold.wrong')}
        </span>
        <span className="grow" />
        <span className="sub small">{format.when(row.at)}</span>
      </div>
      <div className="sub small" dir="auto">
        {row.preview}
      </div>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('my-gold.field')}</th>
            <th>{t('my-gold.mine')}</th>
            <th>{t('my-gold.gold')}</th>
          </tr>
        </thead>
        <tbody>
          {row.lines.map((line) => (
            <tr key={line.field}>
              <td dir="auto">{localText(line.title, locale)}</td>
              <td dir="auto" className={line.agreement < 1 ? 'bad-text' : ''}>
                {line.mine || t('my-gold.nothing')}
              </td>
              <td dir="auto">{line.right}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p dir="auto">{localText(row.explanation, locale)}</p>
      <GoldAppeal
        projectId={projectId}
        assignmentId={row.assignmentId}
        reference={row.reference}
        answer={row.correct ? 'right' : 'wrong'}
      />
    </article>
  )
}

/** How my answers to gold went, from the day after on. */
export function MyGoldScreen() {
  const { t, format } = useI18n()
  const { projectId = '' } = useParams({ strict: false })
  const mine = useApi('gold.mine', { params: { projectId }, query: { limit: 100 } })
  return (
    <Page title={t('my-gold.title')} sub={t('my-gold.text')}>
      <Answer of={mine}>
        {(m) => (
          <div className="stack">
            {m.answered > 0 && (
              <p>
                {t('my-gold.sum', {
                  correct: format.number(m.correct),
                  answered: m.answered,
                  low: Math.round(100 * m.low),
                  high: Math.round(100 * m.high),
                })}
              </p>
            )}
            {m.rows.length === 0 ? (
              <Empty title={t('my-gold.none')} text={t('my-gold.noneText')} />
            ) : (
              m.rows.map((row) => <Result key={row.assignmentId} projectId={projectId} row={row} />)
            )}
          </div>
        )}
      </Answer>
    </Page>
  )
}
