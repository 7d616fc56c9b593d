import type { TaskSchema } from '@kasauti/catalog'
import { Button, SegmentedControl } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import { Waiting } from '../../parts/index.ts'
import { client, problemText } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import {
  ItemView,
  type Kit,
  makeKit,
  practiceRunner,
  readyToSend,
  taxonomyLoader,
  useDesk,
  useSession,
} from '../../workbench/index.ts'
import { builtInSample, presented } from './sample.ts'

/** The kit of a draft: made anew when the schema changes, the last one meanwhile. */
function useDraftKit(projectId: string, schema: TaskSchema): Kit | undefined {
  const [kit, setKit] = useState<Kit>()
  useEffect(() => {
    let gone = false
    void makeKit(schema, taxonomyLoader(projectId)).then((made) => {
      if (!gone) setKit(made)
    })
    return () => {
      gone = true
    }
  }, [projectId, schema])
  return kit
}

/** The first items of the project, as raw inputs. None when the person may not see them. */
function useProjectItems(projectId: string): readonly unknown[] {
  const [items, setItems] = useState<readonly unknown[]>([])
  useEffect(() => {
    let gone = false
    const load = async () => {
      const { rows } = await client.call('item.list', {
        params: { projectId },
        query: { limit: 5 },
      })
      const found = await Promise.all(
        rows.map(({ itemId }) => client.call('item.get', { params: { projectId, itemId } })),
      )
      if (!gone) setItems(found.map((x) => x.inputs))
    }
    load().catch(() => undefined)
    return () => {
      gone = true
    }
  }, [projectId])
  return items
}

type Props = {
  readonly projectId: string
  /** The last schema without problems. */
  readonly schema: TaskSchema
  readonly stale: boolean
}

/** The draft as people will meet it: a sample item in the real editors, and what its answers would be. */
export function Preview({ projectId, schema, stale }: Props) {
  const { t } = useI18n()
  const kit = useDraftKit(projectId, schema)
  const items = useProjectItems(projectId)
  const [from, setFrom] = useState(0)
  const raw = from > 0 ? items[from - 1] : undefined
  const inputs = useMemo(
    () => (raw === undefined ? undefined : presented(schema, raw)) ?? builtInSample(schema),
    [schema, raw],
  )
  const [runner] = useState(() => practiceRunner({}))
  const text = JSON.stringify(inputs ?? {})
  useEffect(() => runner.show(JSON.parse(text)), [runner, text])
  const desk = useSession(runner).desks[0]
  const work = useDesk({ runner, desk, kit, focus: 'leave' })
  if (!kit || !desk || !inputs) return <Waiting />
  const ready = readyToSend(kit, inputs, desk.log.answers)
  return (
    <section className="sd-preview" aria-label={t('schema.preview')}>
      <header className="line-row">
        <h2>{t('schema.preview')}</h2>
        {stale && <span className="tag warn">{t('schema.previewStale')}</span>}
        <span className="grow" />
        {items.length > 0 && (
          <SegmentedControl
            size="xs"
            aria-label={t('schema.sample')}
            value={String(from)}
            data={[
              { value: '0', label: t('schema.sampleOurs') },
              ...items.map((_, i) => ({ value: String(i + 1), label: String(i + 1) })),
            ]}
            onChange={(v) => setFrom(Number(v))}
          />
        )}
        <Button size="compact-xs" variant="default" onClick={() => runner.clear(inputs)}>
          {t('schema.clearAnswers')}
        </Button>
      </header>
      <div className="sd-bench">
        <ItemView
          desk={desk}
          kit={kit}
          active={work.active}
          readOnly={false}
          root={work.root}
          onChange={work.answer}
          onActive={work.setActive}
        />
      </div>
      <details className="sd-answers" open>
        <summary>
          {t('schema.answers')}{' '}
          <span className={ready.problems.length === 0 ? 'tag good' : 'tag warn'}>
            {ready.problems.length === 0
              ? t('schema.answersFit')
              : t('schema.answersMissing', { n: ready.problems.length })}
          </span>
        </summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys */}
        <pre tabIndex={0}>{JSON.stringify(ready.answers, undefined, 2)}</pre>
        {ready.problems.map((p) => (
          <p key={p.path} className="small">
            <code>{p.path}</code> {problemText(p, t)}
          </p>
        ))}
      </details>
    </section>
  )
}
