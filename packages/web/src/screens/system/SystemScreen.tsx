import type { WireOutput } from '@kasauti/contract'
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Answer, Failed, Page, Waiting } from '../../parts/index.ts'
import { client, useApi } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

type Status = WireOutput<'system.status'>

function Checks({ status }: { readonly status: Status }) {
  const { t } = useI18n()
  return (
    <section>
      <h2>{t('system.checks')}</h2>
      <table className="plain">
        <tbody>
          {status.checks.map((check) => (
            <tr key={check.name}>
              <td>
                <span className={check.ok ? 'tag good' : 'tag bad'}>
                  {t(check.ok ? 'system.good' : 'system.bad')}
                </span>
              </td>
              <td>{check.name}</td>
              <td>
                {check.detail}
                {check.advice && <div className="sub">{check.advice}</div>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Facts({ status }: { readonly status: Status }) {
  const { t, format } = useI18n()
  const rows: readonly (readonly [string, string])[] = [
    ['system.version', status.version],
    ['system.node', status.node],
    ['system.postgres', status.postgres],
    ['system.data', format.bytes(status.dataBytes)],
    ['system.memory', format.bytes(status.rssBytes)],
    ['system.uptime', format.duration(status.uptimeSeconds * 1000)],
    ['system.jobsWaiting', format.number(status.jobs.waiting)],
    ['system.jobsFailed', format.number(status.jobs.failed)],
  ]
  return (
    <section>
      <h2>{t('system.facts')}</h2>
      <table className="plain facts">
        <tbody>
          {rows.map(([key, value]) => (
            <tr key={key}>
              <th scope="row">{t(key)}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Audit() {
  const { t, format } = useI18n()
  const audit = useInfiniteQuery({
    queryKey: ['system.audit', {}, 'pages'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      client.call('system.audit', {
        query: { limit: 50, ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    getNextPageParam: (page) => page.next,
  })
  const rows = audit.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <section>
      <h2>{t('system.audit')}</h2>
      {audit.isError && <Failed error={audit.error} onRetry={() => void audit.refetch()} />}
      {audit.isPending && <Waiting />}
      <div className="table-frame">
        <table className="plain">
          <thead>
            <tr>
              <th>{t('system.when')}</th>
              <th>{t('system.who')}</th>
              <th>{t('system.what')}</th>
              <th>{t('system.project')}</th>
              <th>{t('system.detail')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the log only grows
              <tr key={at}>
                <td className="nowrap">{format.dateTime(row.at)}</td>
                <td dir="auto">{row.who}</td>
                <td className="mono">{row.what}</td>
                <td dir="auto">{row.projectName}</td>
                <td className="small" dir="auto">
                  {Object.entries(row.detail)
                    .map(([k, v]) => `${k}: ${v}`)
                    .join(', ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {audit.hasNextPage && (
        <Button variant="subtle" onClick={() => void audit.fetchNextPage()}>
          {t('parts.more')}
        </Button>
      )}
    </section>
  )
}

/** How the installation is, and who did what. */
export function SystemScreen() {
  const { t } = useI18n()
  const status = useApi('system.status', {}, { refetchInterval: 15_000 })
  return (
    <Page title={t('system.title')}>
      <Answer of={status}>
        {(answer) => (
          <div className="columns">
            <Checks status={answer} />
            <Facts status={answer} />
          </div>
        )}
      </Answer>
      <Audit />
    </Page>
  )
}
