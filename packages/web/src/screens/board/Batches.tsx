import { riskTone } from '../../parts/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import type { Board, Shown } from './board.ts'
import { TableFrame } from './TableFrame.tsx'

type Batch = Board['batches'][number]
const order = { late: 0, 'at-risk': 1, unknown: 2, 'on-time': 3, done: 4 } as const

function Progress({ batch }: { readonly batch: Batch }) {
  const { t, format } = useI18n()
  const share = batch.items > 0 ? (100 * batch.done) / batch.items : 0
  const text = t('board.progress', {
    done: format.number(batch.done),
    items: format.number(batch.items),
  })
  return (
    <div className="counts-bar" role="img" aria-label={text} title={text}>
      <i className="accepted" style={{ width: `${share}%` }} />
    </div>
  )
}

/** Batches in work, those at risk first. */
export function Batches({ board, of }: Shown) {
  const { t, format } = useI18n()
  const rows = [...board.batches].sort((a, b) => order[a.risk] - order[b.risk])
  if (rows.length === 0) return <p className="sub">{t('board.noBatches')}</p>
  return (
    <TableFrame label={t('board.batches')}>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('board.batch')}</th>
            {of === 'several' && <th>{t('board.project')}</th>}
            <th>{t('board.risk')}</th>
            <th>{t('board.due')}</th>
            <th>{t('board.expected')}</th>
            <th className="num">{t('board.pace')}</th>
            <th className="num">{t('board.left')}</th>
            <th>{t('board.done')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((b) => (
            <tr key={`${b.projectId} ${b.batchId}`}>
              <td dir="auto">{b.name || t('board.everythingElse')}</td>
              {of === 'several' && <td dir="auto">{b.projectName}</td>}
              <td>
                <span className={`tag ${riskTone[b.risk]}`}>{t(`board.risk.${b.risk}`)}</span>
              </td>
              <td>{b.dueAt ? format.date(b.dueAt) : '–'}</td>
              <td>
                {b.expectedAt ? format.date(b.expectedAt) : '–'}
                {b.chance !== undefined && (
                  <span className="sub small">
                    {' '}
                    {t('board.chance', { chance: format.percent(b.chance) })}
                  </span>
                )}
              </td>
              <td className="num">
                {b.pace > 0 ? format.number(Math.round(b.pace * 10) / 10) : '–'}
              </td>
              <td className="num">{format.number(Math.max(0, b.items - b.done - b.skipped))}</td>
              <td className="bar-cell">
                <Progress batch={b} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}
