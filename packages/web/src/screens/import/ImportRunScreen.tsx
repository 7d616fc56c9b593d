import type { WireOutput } from '@kasauti/contract'
import { Alert, Button } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { Answer, JobProgress, Page, toast } from '../../parts/index.ts'
import {
  client,
  errorText,
  hasRole,
  reasonText,
  useApi,
  useApiMutation,
  useMe,
} from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

type Import = WireOutput<'import.get'>
const live = (state: Import['state']) => state === 'queued' || state === 'running'

function Numbers({ run }: { readonly run: Import }) {
  const { t, format } = useI18n()
  const cells = [
    [run.items, 'import.items'],
    [run.rejected, 'import.rejected'],
    [run.duplicates, 'import.known'],
  ] as const
  return (
    <div className="counts-row">
      {cells.map(([n, key]) => (
        <div key={key} className="count-cell">
          <span className="count-number">{format.number(n)}</span>
          <span className="sub small">{t(key)}</span>
        </div>
      ))}
    </div>
  )
}

function Rejects({ projectId, run }: { readonly projectId: string; readonly run: Import }) {
  const { t } = useI18n()
  if (run.rejected === 0) return null
  return (
    <section>
      <div className="line-row">
        <h2 className="grow">{t('import.rejectedRows')}</h2>
        <Button
          component="a"
          variant="default"
          href={client.url('import.rejects', { params: { projectId, importId: run.importId } })}
          download
        >
          {t('import.downloadRejects')}
        </Button>
      </div>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('import.place')}</th>
            <th>{t('import.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {run.sampleRejects.map((r) => (
            <tr key={`${r.place} ${r.reason}`}>
              <td>{r.place}</td>
              <td dir="auto">{reasonText(r.reason, t)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Run({ projectId, run }: { readonly projectId: string; readonly run: Import }) {
  const { t, format } = useI18n()
  const me = useMe()
  const params = { projectId, importId: run.importId }
  const cancel = useApiMutation('import.cancel', ['import'])
  const undo = useApiMutation('import.undo', ['import', 'project', 'item'])
  const takeOut = () =>
    undo.mutate(
      { params },
      {
        onSuccess: (gone) =>
          toast({
            text: t('import.undone', {
              removed: format.number(gone.removed),
              kept: format.number(gone.kept),
            }),
          }),
        onError: (error) => toast({ text: errorText(error, t), tone: 'bad' }),
      },
    )
  const mayUndo = !live(run.state) && run.items > 0 && hasRole(me, projectId, ['lead', 'manager'])
  return (
    <>
      <section className="card stack-tight">
        <JobProgress progress={run.progress} state={run.state} />
        <Numbers run={run} />
        {run.error !== undefined && (
          <Alert color="red" role="alert">
            {run.error}
          </Alert>
        )}
        <div className="line-row">
          {live(run.state) && (
            <Button
              variant="default"
              loading={cancel.isPending}
              onClick={() => cancel.mutate({ params })}
            >
              {t('import.cancel')}
            </Button>
          )}
          {run.items > 0 && (
            <Link
              to="/projects/$projectId/items"
              params={{ projectId }}
              search={{ filter: { importId: run.importId } }}
            >
              {t('import.seeItems')}
            </Link>
          )}
          <Link to="/projects/$projectId/import" params={{ projectId }}>
            {t('import.another')}
          </Link>
          {mayUndo && (
            <Button variant="subtle" color="red" loading={undo.isPending} onClick={takeOut}>
              {t('import.undo')}
            </Button>
          )}
        </div>
      </section>
      <Rejects projectId={projectId} run={run} />
    </>
  )
}

/** One import: how far it is, what went in, what did not and why. */
export function ImportRunScreen() {
  const { t, format } = useI18n()
  const { projectId, importId } = useParams({
    from: '/signed/framed/projects/$projectId/imports/$importId',
  })
  const known = useApi('import.get', { params: { projectId, importId } })
  const running = known.data === undefined || live(known.data.state)
  const run = useApi(
    'import.get',
    { params: { projectId, importId } },
    { refetchInterval: running ? 1000 : false },
  )
  return (
    <Page
      title={run.data?.fileName ?? t('import.title')}
      sub={
        run.data &&
        t('import.startedBy', {
          who: run.data.startedBy,
          when: format.dateTime(run.data.createdAt),
        })
      }
    >
      <Answer of={run}>{(answer) => <Run projectId={projectId} run={answer} />}</Answer>
    </Page>
  )
}
