import { Button } from '@mantine/core'
import { Link, useNavigate, useParams, useRouter } from '@tanstack/react-router'
import { useMemo } from 'react'
import { Answer, Page, StateTag, toast, Waiting } from '../../parts/index.ts'
import {
  client,
  errorText,
  hasRole,
  refreshAnswers,
  useApi,
  useMe,
} from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { CommandKey, useCommands } from '../../platform/keys/index.ts'
import { contextOf, useKit } from '../../workbench/index.ts'
import { AnnotationCard } from './AnnotationCard.tsx'
import { AnswersTable } from './AnswersTable.tsx'
import type { Item } from './answer.ts'
import { Inputs } from './Inputs.tsx'
import { Timeline } from './Timeline.tsx'

/** Take the item out, or put it back; each undoes the other. */
function RemoveOrRestore({ projectId, item }: { readonly projectId: string; readonly item: Item }) {
  const { t } = useI18n()
  const params = { projectId, itemId: item.itemId }
  const removed =
    item.history.findLast((e) => e.kind === 'removed' || e.kind === 'restored')?.kind === 'removed'
  const run = async (what: 'item.remove' | 'item.restore') => {
    try {
      await client.call(what, { params })
      await refreshAnswers(['item', 'project'])
      const undo = () => void run(what === 'item.remove' ? 'item.restore' : 'item.remove')
      toast({ text: t(what === 'item.remove' ? 'item.removed' : 'item.restored'), undo })
    } catch (thrown) {
      toast({ text: errorText(thrown, t), tone: 'bad' })
    }
  }
  const back = removed || item.state === 'skipped'
  return (
    <Button variant="default" onClick={() => void run(back ? 'item.restore' : 'item.remove')}>
      {t(back ? 'item.restore' : 'item.remove')}
    </Button>
  )
}

function Whole({ projectId, item }: { readonly projectId: string; readonly item: Item }) {
  const { t } = useI18n()
  const kit = useKit(projectId, item.schemaVersion)
  const context = useMemo(
    () => (typeof kit === 'object' ? contextOf(kit, item.inputs) : undefined),
    [kit, item],
  )
  if (kit === 'failed') return <p role="alert">{t('error.network/unreachable')}</p>
  if (kit === 'loading' || !context) return <Waiting />
  const { annotations } = item
  const known = { schema: kit.schema, context }
  return (
    <>
      <Inputs item={item} schema={kit.schema} />
      <section className="stack-tight">
        <h2>{t('item.annotations', { count: annotations.length })}</h2>
        {annotations.length === 0 ? (
          <p className="sub">{t('item.noAnnotations')}</p>
        ) : (
          <>
            <AnswersTable annotations={annotations} {...known} />
            <div className="annotation-grid">
              {annotations.map((a, i) => (
                <AnnotationCard key={a.annotationId} annotation={a} place={i + 1} {...known} />
              ))}
            </div>
          </>
        )}
      </section>
      <Timeline history={item.history} />
    </>
  )
}

/** Back to the table as it was left; to the whole table when one came from elsewhere. */
function BackToItems({ projectId }: { readonly projectId: string }) {
  const { t } = useI18n()
  const navigate = useNavigate()
  const { history } = useRouter()
  const back = () => {
    if (history.canGoBack()) history.back()
    else void navigate({ to: '/projects/$projectId/items', params: { projectId } })
  }
  useCommands([{ id: 'item.back', title: 'item.back', keys: ['Escape'], run: back }])
  return (
    <Link
      to="/projects/$projectId/items"
      params={{ projectId }}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey) return
        event.preventDefault()
        back()
      }}
    >
      {t('item.back')} <CommandKey id="item.back" />
    </Link>
  )
}

/** One item: what was shown, what everybody answered, and all that ever happened to it. */
export function ItemScreen() {
  const { t, format } = useI18n()
  const me = useMe()
  const { projectId, itemId } = useParams({
    from: '/signed/framed/projects/$projectId/items/$itemId',
  })
  const item = useApi('item.get', { params: { projectId, itemId } })
  return (
    <Page
      title={item.data?.key ?? t('item.title')}
      sub={
        item.data && (
          <>
            {t('item.number', { number: format.number(item.data.ordinal) })}{' '}
            <StateTag state={item.data.state} />{' '}
            <Link
              to="/projects/$projectId/batches/$batchId"
              params={{ projectId, batchId: item.data.batchId }}
              dir="auto"
            >
              {item.data.batch || t('item.everythingElse')}
            </Link>{' '}
            <BackToItems projectId={projectId} />
          </>
        )
      }
      actions={
        item.data &&
        hasRole(me, projectId, ['lead', 'manager']) && (
          <>
            <Link to="/projects/$projectId/items/$itemId/gold" params={{ projectId, itemId }}>
              {t('item.gold')}
            </Link>
            <RemoveOrRestore projectId={projectId} item={item.data} />
          </>
        )
      }
    >
      <Answer of={item}>{(answer) => <Whole projectId={projectId} item={answer} />}</Answer>
    </Page>
  )
}
