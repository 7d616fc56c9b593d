import { CountsBar } from '../../parts/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { BatchLink, RiskTag } from './BatchCard.tsx'
import type { ViewProps } from './Board.tsx'
import { byUrgency, stateTone } from './batch.ts'
import { MoveMenu } from './MoveMenu.tsx'

/** Batches as a table, the most pressing first. */
export function BatchTable({ batches, of, mover }: ViewProps) {
  const { t, format } = useI18n()
  return (
    <div className="table-frame">
      <table className="plain batch-table">
        <thead>
          <tr>
            <th>{t('batches.batch')}</th>
            {of === 'several' && <th>{t('batches.project')}</th>}
            <th>{t('batches.stateTitle')}</th>
            <th>{t('batches.priorityTitle')}</th>
            <th>{t('batches.due')}</th>
            <th>{t('batches.risk')}</th>
            <th>{t('batches.requester')}</th>
            <th>{t('batches.progressTitle')}</th>
            <th className="num">{t('batches.left')}</th>
            <th className="num">{t('batches.pace')}</th>
            <th>
              <span className="offscreen">{t('batches.move')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {[...batches].sort(byUrgency).map((batch) => {
            const own = mover(batch)
            return (
              <tr key={batch.batchId}>
                <td>
                  <BatchLink batch={batch} />
                </td>
                {of === 'several' && <td dir="auto">{batch.projectName}</td>}
                <td>
                  <span className={`tag ${stateTone[batch.state]}`}>
                    {t(`batches.state.${batch.state}`)}
                  </span>
                </td>
                <td>{t(`batches.priority.${batch.priority}`)}</td>
                <td>{batch.dueAt ? format.date(batch.dueAt) : '–'}</td>
                <td>
                  <RiskTag batch={batch} />
                </td>
                <td dir="auto">{batch.requester}</td>
                <td className="bar-cell">
                  <CountsBar counts={batch.counts} />
                </td>
                <td className="num">{format.number(batch.left)}</td>
                <td className="num">
                  {batch.pace > 0 ? format.number(Math.round(batch.pace)) : '–'}
                </td>
                <td>{own && <MoveMenu batch={batch} mover={own} look="small" />}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
