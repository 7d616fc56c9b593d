import type { WireOutput } from '@kasauti/contract'
import { Link, useParams } from '@tanstack/react-router'
import { Answer, Empty, Page } from '../../parts/index.ts'
import { hasRole, useApi, useMe } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { NewDelivery } from './NewDelivery.tsx'

type Delivery = WireOutput<'delivery.list'>['rows'][number]

function Row({ projectId, delivery }: { readonly projectId: string; readonly delivery: Delivery }) {
  const { t, format } = useI18n()
  const { manifest, deliveryId, state } = delivery
  return (
    <tr>
      <td>
        <Link
          to="/projects/$projectId/deliveries/$deliveryId"
          params={{ projectId, deliveryId }}
          dir="auto"
        >
          {delivery.name}
        </Link>
      </td>
      <td dir="auto">
        {delivery.batch ? delivery.batch.name || t('deliveries.everythingElse') : '–'}
      </td>
      <td>
        <span className={state === 'failed' ? 'tag bad' : state === 'done' ? 'tag good' : 'tag'}>
          {t(`parts.job.${state}`)}
        </span>
      </td>
      <td className="num">{manifest ? format.number(manifest.items) : '–'}</td>
      <td className="num">{manifest ? format.number(manifest.annotations) : '–'}</td>
      <td>{manifest ? manifest.files.map((f) => f.format.toUpperCase()).join(', ') : '–'}</td>
      <td dir="auto">{delivery.createdBy}</td>
      <td className="num">{format.dateTime(delivery.createdAt)}</td>
    </tr>
  )
}

/** Frozen hand-overs of the project's labels. */
export function DeliveriesScreen() {
  const { t } = useI18n()
  const me = useMe()
  const { projectId } = useParams({ from: '/signed/framed/projects/$projectId/deliveries' })
  const deliveries = useApi('delivery.list', { params: { projectId }, query: { limit: 100 } })
  const mayMake = hasRole(me, projectId, ['lead', 'manager', 'engineer'])
  return (
    <Page title={t('deliveries.title')} sub={t('deliveries.sub')}>
      {mayMake && <NewDelivery projectId={projectId} />}
      <Answer of={deliveries}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty title={t('deliveries.none')} text={t('deliveries.noneText')} />
          ) : (
            <div className="card table-frame">
              <table className="plain">
                <thead>
                  <tr>
                    <th>{t('deliveries.name')}</th>
                    <th>{t('deliveries.batch')}</th>
                    <th>{t('deliveries.state')}</th>
                    <th className="num">{t('deliveries.items')}</th>
                    <th className="num">{t('deliveries.annotations')}</th>
                    <th>{t('deliveries.files')}</th>
                    <th>{t('deliveries.by')}</th>
                    <th className="num">{t('deliveries.when')}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((d) => (
                    <Row key={d.deliveryId} projectId={projectId} delivery={d} />
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Answer>
    </Page>
  )
}
