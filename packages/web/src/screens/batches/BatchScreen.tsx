import { Button, Menu } from '@mantine/core'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Answer, CountsBar, Page, toast } from '../../parts/index.ts'
import { errorText, useApi, useApiMutation, useMe } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { ForecastPanel } from '../batch-forecast/index.ts'
import { PriorityTag, RiskTag } from './BatchCard.tsx'
import { BatchForm } from './BatchForm.tsx'
import { BurnUp } from './BurnUp.tsx'
import { isAhead, leadsBatch, makesBatches, nameOf, stateTone, type WholeBatch } from './batch.ts'
import { Checks } from './Checks.tsx'
import { DeliverDialog } from './DeliverDialog.tsx'
import { History } from './History.tsx'
import { MoveMenu } from './MoveMenu.tsx'
import { touched, useMove } from './use-move.ts'
import './batches.css'

function RemoveButton({ batch }: { readonly batch: WholeBatch }) {
  const { t } = useI18n()
  const navigate = useNavigate()
  const remove = useApiMutation('batch.remove', touched)
  const { projectId, batchId } = batch
  return (
    <Menu.Item
      color="red"
      disabled={batch.counts.items > 0}
      onClick={() =>
        remove.mutate(
          { params: { projectId, batchId } },
          {
            onSuccess: () => {
              toast({ text: t('batches.removed', { name: batch.name }) })
              void navigate({ to: '/projects/$projectId/batches', params: { projectId } })
            },
            onError: (error) => toast({ text: errorText(error, t), tone: 'bad' }),
          },
        )
      }
    >
      {t(batch.counts.items > 0 ? 'batches.removeFull' : 'batches.remove')}
    </Menu.Item>
  )
}

const shown = ['open', 'annotated', 'returned', 'accepted', 'skipped'] as const

function Facts({ batch }: { readonly batch: WholeBatch }) {
  const { t, format } = useI18n()
  const { counts, projectId, batchId } = batch
  return (
    <section className="card stack-tight">
      <CountsBar counts={counts} />
      <dl className="batch-facts">
        <div>
          <dt>{t('batches.items')}</dt>
          <dd>
            <Link
              to="/projects/$projectId/items"
              params={{ projectId }}
              search={{ filter: { batchId } }}
            >
              {format.number(counts.items)}
            </Link>
          </dd>
        </div>
        {shown.map((state) => (
          <div key={state}>
            <dt>{t(`parts.state.${state}`)}</dt>
            <dd>{format.number(counts[state])}</dd>
          </div>
        ))}
        <div>
          <dt>{t('batches.done')}</dt>
          <dd>{format.number(counts.done)}</dd>
        </div>
        <div>
          <dt>{t('batches.left')}</dt>
          <dd>{format.number(batch.left)}</dd>
        </div>
        <div>
          <dt>{t('batches.pace')}</dt>
          <dd>{batch.pace > 0 ? format.number(Math.round(batch.pace)) : '–'}</dd>
        </div>
        {batch.expectedAt && isAhead(batch) && batch.left > 0 && (
          <div>
            <dt>{t('batches.expected')}</dt>
            <dd>{format.date(batch.expectedAt)}</dd>
          </div>
        )}
      </dl>
      {batch.note && (
        <p className="batch-note" dir="auto">
          {batch.note}
        </p>
      )}
    </section>
  )
}

function People({ people }: { readonly people: NonNullable<WholeBatch['people']> }) {
  const { t, format } = useI18n()
  if (people.length === 0) return <p className="sub">{t('batches.nobody')}</p>
  return (
    <table className="plain">
      <thead>
        <tr>
          <th>{t('batches.person')}</th>
          <th className="num">{t('batches.day.submitted')}</th>
          <th className="num">{t('batches.judged')}</th>
          <th className="num">{t('batches.active')}</th>
          <th>{t('batches.lastDay')}</th>
        </tr>
      </thead>
      <tbody>
        {people.map((p) => (
          <tr key={p.userId}>
            <td dir="auto">{p.name}</td>
            <td className="num">{format.number(p.submitted)}</td>
            <td className="num">{format.number(p.judged)}</td>
            <td className="num">{format.duration(p.activeMs)}</td>
            <td>{format.date(`${p.lastDay}T12:00:00`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Deliveries({ batch }: { readonly batch: WholeBatch }) {
  const { t, format } = useI18n()
  if (batch.deliveries.length === 0) return <p className="sub">{t('batches.noDeliveries')}</p>
  return (
    <ul className="due-list">
      {batch.deliveries.map((d) => (
        <li key={d.deliveryId}>
          <Link
            to="/projects/$projectId/deliveries/$deliveryId"
            params={{ projectId: batch.projectId, deliveryId: d.deliveryId }}
            dir="auto"
          >
            {d.name}
          </Link>{' '}
          <span className={d.state === 'failed' ? 'tag bad' : 'tag'}>
            {t(`parts.job.${d.state}`)}
          </span>{' '}
          <span className="sub small">{format.when(d.createdAt)}</span>
        </li>
      ))}
    </ul>
  )
}

function Actions({ batch, onEdit }: { readonly batch: WholeBatch; readonly onEdit: () => void }) {
  const { t } = useI18n()
  const me = useMe()
  const navigate = useNavigate()
  const mover = useMove()
  const leads = leadsBatch(me, batch.projectId)
  const closed = batch.state === 'delivered' || batch.state === 'accepted'
  const { projectId, batchId } = batch
  return (
    <>
      {makesBatches(me, projectId) && !closed && (
        <Button
          variant="default"
          onClick={() =>
            void navigate({
              to: '/projects/$projectId/import',
              params: { projectId },
              search: { batch: batchId },
            })
          }
        >
          {t('batches.import')}
        </Button>
      )}
      {leads && (
        <>
          <MoveMenu batch={batch} mover={mover} look="button" />
          <Button variant="default" onClick={onEdit}>
            {t('batches.edit')}
          </Button>
          {batch.kind === 'made' && (
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="default" aria-label={t('batches.moreActions')}>
                  <span aria-hidden="true">⋯</span>
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <RemoveButton batch={batch} />
              </Menu.Dropdown>
            </Menu>
          )}
        </>
      )}
      {mover.delivering && (
        <DeliverDialog batch={mover.delivering} onClose={mover.stopDelivering} />
      )}
    </>
  )
}

function Whole({ batch }: { readonly batch: WholeBatch }) {
  const { t, format } = useI18n()
  const me = useMe()
  const [editing, setEditing] = useState<'yes'>()
  const { projectId, batchId } = batch
  const forecasts = makesBatches(me, projectId) && isAhead(batch) && batch.left > 0
  return (
    <Page
      title={nameOf(batch, t)}
      sub={
        <span className="batch-tags">
          <span className={`tag ${stateTone[batch.state]}`}>
            {t(`batches.state.${batch.state}`)}
          </span>
          <PriorityTag batch={batch} />
          <RiskTag batch={batch} />
          {batch.dueAt && <span>{t('batches.dueOn', { day: format.date(batch.dueAt) })}</span>}
          {batch.requester && (
            <span dir="auto">{t('batches.for', { requester: batch.requester })}</span>
          )}
        </span>
      }
      actions={<Actions batch={batch} onEdit={() => setEditing('yes')} />}
    >
      <div className="stack">
        <Facts batch={batch} />
        <div className="columns">
          <section className="card stack-tight">
            <h2>{t('batches.burnUp')}</h2>
            <BurnUp batch={batch} />
          </section>
          {forecasts && <ForecastPanel projectId={projectId} batchId={batchId} />}
          {batch.kind === 'made' && (
            <section className="card stack-tight">
              <h2>{t('batches.criteria')}</h2>
              <Checks checks={batch.checks} />
            </section>
          )}
          {batch.people && (
            <section className="card stack-tight">
              <h2>{t('batches.people')}</h2>
              <People people={batch.people} />
            </section>
          )}
          <section className="card stack-tight">
            <h2>{t('batches.deliveries')}</h2>
            <Deliveries batch={batch} />
          </section>
          <section className="card stack-tight">
            <h2>{t('batches.history')}</h2>
            <History history={batch.history} />
          </section>
        </div>
      </div>
      {editing && (
        <BatchForm projectId={projectId} batch={batch} onClose={() => setEditing(undefined)} />
      )}
    </Page>
  )
}

/** One batch: how far it is, whether it will be in time, what was agreed, who works on it. */
export function BatchScreen() {
  const params = useParams({ from: '/signed/framed/projects/$projectId/batches/$batchId' })
  const batch = useApi('batch.get', { params })
  return (
    <Answer of={batch} lines={10}>
      {(loaded) => <Whole batch={loaded} />}
    </Answer>
  )
}
