import { Link } from '@tanstack/react-router'
import { CountsBar, riskTone } from '../../parts/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { type Batch, isAhead, nameOf } from './batch.ts'
import { MoveMenu } from './MoveMenu.tsx'
import type { Mover } from './use-move.ts'

/** Late, at risk, on time: in words beside the colour. */
export function RiskTag({ batch }: { readonly batch: Batch }) {
  const { t, format } = useI18n()
  if (!isAhead(batch) || (batch.risk === 'unknown' && !batch.dueAt)) return null
  const text = t(`batches.risk.${batch.risk}`)
  const chance = batch.risk === 'at-risk' || batch.risk === 'late' ? batch.chance : undefined
  return (
    <span className={`tag ${riskTone[batch.risk]}`}>
      {chance === undefined
        ? text
        : t('batches.riskChance', { risk: text, chance: format.percent(chance) })}
    </span>
  )
}

export function PriorityTag({ batch }: { readonly batch: Batch }) {
  const { t } = useI18n()
  if (batch.priority === 'normal') return null
  const tone = batch.priority === 'urgent' ? 'bad' : batch.priority === 'high' ? 'warn' : ''
  return <span className={`tag ${tone}`}>{t(`batches.priority.${batch.priority}`)}</span>
}

export function BatchLink({ batch }: { readonly batch: Batch }) {
  const { t } = useI18n()
  return (
    <Link
      to="/projects/$projectId/batches/$batchId"
      params={{ projectId: batch.projectId, batchId: batch.batchId }}
      dir="auto"
      className="batch-name"
      draggable={false}
    >
      {nameOf(batch, t)}
    </Link>
  )
}

export type CardProps = {
  readonly batch: Batch
  readonly of: 'one' | 'several'
  readonly mover: Mover | undefined
  readonly onDrag: (batch: Batch | undefined) => void
}

/** One batch on the board. */
export function BatchCard({ batch, of, mover, onDrag }: CardProps) {
  const { t, format } = useI18n()
  const movable = mover !== undefined && batch.ways.length > 0
  return (
    <li
      className={movable ? 'card batch-card movable' : 'card batch-card'}
      draggable={movable}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', nameOf(batch, t))
        onDrag(batch)
      }}
      onDragEnd={() => onDrag(undefined)}
    >
      <div className="batch-head">
        <BatchLink batch={batch} />
        {mover && <MoveMenu batch={batch} mover={mover} look="small" />}
      </div>
      {of === 'several' && (
        <div className="sub small" dir="auto">
          {batch.projectName}
        </div>
      )}
      <CountsBar counts={batch.counts} />
      <div className="small sub">
        {batch.counts.items === 0
          ? t('batches.empty')
          : t('batches.progress', {
              done: format.number(batch.counts.done),
              items: format.number(batch.counts.items),
              count: batch.counts.items,
            })}
      </div>
      <div className="batch-tags">
        {batch.state === 'paused' && <span className="tag warn">{t('batches.state.paused')}</span>}
        {batch.state === 'accepted' && (
          <span className="tag good">{t('batches.state.accepted')}</span>
        )}
        {batch.state === 'rejected' && (
          <span className="tag bad">{t('batches.state.rejected')}</span>
        )}
        <PriorityTag batch={batch} />
        <RiskTag batch={batch} />
        {batch.dueAt && (
          <span className="small sub">{t('batches.dueOn', { day: format.when(batch.dueAt) })}</span>
        )}
      </div>
      {batch.requester && (
        <div className="small sub clip" dir="auto">
          {t('batches.for', { requester: batch.requester })}
        </div>
      )}
    </li>
  )
}
