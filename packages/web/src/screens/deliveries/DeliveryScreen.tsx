import type { WireOutput } from '@kasauti/contract'
import { Alert, Button } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { Answer, copyText, JobProgress, Page, toast } from '../../parts/index.ts'
import { client, hasRole, useApi, useApiMutation, useMe } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

type Delivery = WireOutput<'delivery.get'>
type Manifest = NonNullable<Delivery['manifest']>
const live = (state: Delivery['state']) => state === 'queued' || state === 'running'

function Files({
  at,
  manifest,
}: {
  readonly at: { projectId: string; deliveryId: string }
  readonly manifest: Manifest
}) {
  const { t, format } = useI18n()
  const href = (name: string) => client.url('delivery.file', { params: { ...at, name } })
  const copy = async (sha: string) => {
    if ((await copyText(sha)) === 'copied') toast({ text: t('parts.copied') })
  }
  return (
    <section>
      <div className="line-row">
        <h2 className="grow">{t('deliveries.files')}</h2>
        <a href={href('manifest.json')} download>
          {t('deliveries.manifest')}
        </a>
      </div>
      <div className="card table-frame">
        <table className="plain">
          <thead>
            <tr>
              <th>{t('deliveries.file')}</th>
              <th className="num">{t('deliveries.rows')}</th>
              <th className="num">{t('deliveries.size')}</th>
              <th>{t('deliveries.sha')}</th>
              <th>{t('deliveries.losses')}</th>
            </tr>
          </thead>
          <tbody>
            {manifest.files.map((f) => (
              <tr key={f.name}>
                <td>
                  <a href={href(f.name)} download>
                    {f.name}
                  </a>
                </td>
                <td className="num">{format.number(f.rows)}</td>
                <td className="num">{format.bytes(f.bytes)}</td>
                <td>
                  <button
                    type="button"
                    className="sha mono"
                    title={t('deliveries.copySha')}
                    onClick={() => void copy(f.sha256)}
                  >
                    {f.sha256}
                  </button>
                </td>
                <td>
                  {f.losses.length === 0
                    ? t('deliveries.noLosses')
                    : f.losses.map((loss) => <div key={loss}>{loss}</div>)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Contents({ manifest }: { readonly manifest: Manifest }) {
  const { t, format } = useI18n()
  const rows: readonly (readonly [string, string])[] = [
    [t('deliveries.items'), format.number(manifest.items)],
    [t('deliveries.annotations'), format.number(manifest.annotations)],
    [
      t('deliveries.byState'),
      Object.entries(manifest.itemsByState)
        .map(([state, n]) =>
          t('deliveries.stateCount', { state: t(`parts.state.${state}`), count: format.number(n) }),
        )
        .join(', '),
    ],
    [
      t('deliveries.schemaVersions'),
      format.list(manifest.schemaVersions.map((v) => format.number(v))),
    ],
    [t('deliveries.by'), manifest.madeBy],
    [t('deliveries.when'), format.dateTime(manifest.madeAt)],
    [t('deliveries.madeWith'), manifest.kasauti],
  ]
  return (
    <section>
      <h2>{t('deliveries.contents')}</h2>
      <table className="plain facts">
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td dir="auto">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Whole({
  projectId,
  delivery,
}: {
  readonly projectId: string
  readonly delivery: Delivery
}) {
  const { t } = useI18n()
  const me = useMe()
  const cancel = useApiMutation('delivery.cancel', ['delivery'])
  const at = { projectId, deliveryId: delivery.deliveryId }
  return (
    <>
      {delivery.state !== 'done' && (
        <section className="card stack-tight">
          <JobProgress progress={delivery.progress} state={delivery.state} />
          {delivery.error !== undefined && (
            <Alert color="red" role="alert">
              {delivery.error}
            </Alert>
          )}
          {live(delivery.state) && hasRole(me, projectId, ['lead', 'manager', 'engineer']) && (
            <div>
              <Button
                variant="default"
                loading={cancel.isPending}
                onClick={() => cancel.mutate({ params: at })}
              >
                {t('deliveries.cancel')}
              </Button>
            </div>
          )}
        </section>
      )}
      {delivery.manifest && (
        <>
          <Files at={at} manifest={delivery.manifest} />
          <Contents manifest={delivery.manifest} />
        </>
      )}
    </>
  )
}

/** One delivery: its files with their checksums, and what is in them. */
export function DeliveryScreen() {
  const { t, format } = useI18n()
  const { projectId, deliveryId } = useParams({
    from: '/signed/framed/projects/$projectId/deliveries/$deliveryId',
  })
  const input = { params: { projectId, deliveryId } }
  const known = useApi('delivery.get', input)
  const running = known.data === undefined || live(known.data.state)
  const delivery = useApi('delivery.get', input, { refetchInterval: running ? 1000 : false })
  const made = delivery.data
  return (
    <Page
      title={made?.name ?? t('deliveries.one')}
      sub={
        made && t('deliveries.made', { who: made.createdBy, when: format.dateTime(made.createdAt) })
      }
    >
      <Answer of={delivery}>{(answer) => <Whole projectId={projectId} delivery={answer} />}</Answer>
    </Page>
  )
}
