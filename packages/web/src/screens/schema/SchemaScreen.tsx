import { fieldKinds, inputKinds, type TaskSchema } from '@kasauti/catalog'
import { fieldForm } from '@kasauti/catalog/browser'
import type { Problem } from '@kasauti/core'
import { Button, Group, Modal, Tabs, Textarea } from '@mantine/core'
import { useBlocker, useParams } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { Answer, Page, toast } from '../../parts/index.ts'
import {
  client,
  errorText,
  hasRole,
  problemsInWords,
  refreshAnswers,
  useApi,
  useMe,
} from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { CommandKey, useCommands } from '../../platform/keys/index.ts'
import {
  addField,
  addInput,
  type Draft,
  duplicate,
  edit,
  freeId,
  move,
  newDraft,
  type Part,
  type Place,
  placeOf,
  redo,
  remove,
  undo,
} from './draft.ts'
import { JsonTab } from './JsonTab.tsx'
import { missingTaxonomies, problemsOf } from './json-text.ts'
import { Preview } from './Preview.tsx'
import { Properties } from './Properties.tsx'
import { Structure } from './Structure.tsx'
import { TaxonomyTab } from './TaxonomyTab.tsx'
import { VersionsTab } from './VersionsTab.tsx'
import './schema.css'

/** The designer of a project's task schema: structure, properties, and a preview one can label in. */
export function SchemaScreen() {
  const { projectId = '' } = useParams({ strict: false })
  const current = useApi('schema.get', { params: { projectId }, query: {} })
  return (
    <Answer of={current} lines={8}>
      {(found) => (
        <Designer
          key={projectId}
          projectId={projectId}
          version={found.version}
          published={found.schema as TaskSchema}
        />
      )}
    </Answer>
  )
}

const none: readonly never[] = []
type Props = {
  readonly projectId: string
  readonly version: number
  readonly published: TaskSchema
}

function Designer({ projectId, version, published }: Props) {
  const me = useMe()
  const { t } = useI18n()
  const readOnly = !hasRole(me, projectId, ['lead', 'engineer'])
  const [base, setBase] = useState({ version, schema: published })
  const [draft, setDraft] = useState<Draft>(() => newDraft(published))
  const [selected, setSelected] = useState<Place>({ part: 'fields', at: 0 })
  const [publishing, setPublishing] = useState<'asking'>()
  const [tab, setTab] = useState<string | null>('design')
  const taxonomies = useApi('taxonomy.list', { params: { projectId } }).data?.rows ?? none
  const schema = draft.now
  const problems = useMemo(
    () => problemsInWords([...problemsOf(schema), ...missingTaxonomies(schema, taxonomies)], t),
    [schema, taxonomies, t],
  )
  const good = useLastGood(schema, problems)
  const dirty = useMemo(
    () => JSON.stringify(schema) !== JSON.stringify(base.schema),
    [schema, base],
  )
  const blocker = useBlocker({
    shouldBlockFn: () => dirty,
    enableBeforeUnload: () => dirty,
    withResolver: true,
  })
  const change = (next: TaskSchema, what?: string) => setDraft((d) => edit(d, next, what))
  const add = async (part: Part, kind: string) => {
    const id = freeId(schema, part, part === 'inputs' ? kind : kind.slice(0, 30))
    if (part === 'inputs') change(addInput(schema, { id, kind, config: {} }))
    else
      change(
        addField(schema, {
          id,
          kind,
          title: { en: t(`schema.kind.${kind}`) },
          required: true,
          per: { of: 'item' },
          config: await freshConfig(kind, schema, taxonomies),
        }),
      )
    setSelected({ part, at: schema[part].length })
  }
  const takeOut = (place: Place) => {
    const before = draft
    change(remove(schema, place))
    setSelected({ part: place.part, at: Math.max(0, place.at - 1) })
    toast({ text: t('schema.removed'), undo: () => setDraft(before) })
  }
  const publish = async (note: string) => {
    setPublishing(undefined)
    try {
      const made = await client.call('schema.publish', {
        params: { projectId },
        body: { schema, note, basedOn: base.version },
      })
      const stored = made.schema as TaskSchema
      setBase({ version: made.version, schema: stored })
      setDraft(newDraft(stored))
      toast({ text: t('schema.published', { version: made.version }) })
      await refreshAnswers(['schema', 'project'], projectId)
    } catch (error) {
      toast({ text: errorText(error, t), tone: 'bad' })
    }
  }
  useCommands([
    {
      id: 'schema.undo',
      title: 'schema.undo',
      keys: ['Mod+KeyZ'],
      when: () => draft.past.length > 0 && tab === 'design',
      run: () => setDraft(undo),
    },
    {
      id: 'schema.redo',
      title: 'schema.redo',
      keys: ['Mod+Shift+KeyZ', 'Mod+KeyY'],
      when: () => draft.future.length > 0 && tab === 'design',
      run: () => setDraft(redo),
    },
    {
      id: 'schema.publish',
      title: 'schema.publish',
      keys: ['Mod+KeyS'],
      when: () => dirty && !readOnly && problems.length === 0,
      run: () => setPublishing('asking'),
    },
  ])
  return (
    <Page
      title={t('schema.heading')}
      sub={
        readOnly
          ? t('schema.readOnly', { version: base.version })
          : t(dirty ? 'schema.subDirty' : 'schema.sub', { version: base.version })
      }
      actions={
        readOnly ? undefined : (
          <>
            <Button
              variant="default"
              size="xs"
              disabled={draft.past.length === 0}
              onClick={() => setDraft(undo)}
              rightSection={<CommandKey id="schema.undo" />}
            >
              {t('schema.undo')}
            </Button>
            <Button
              size="xs"
              disabled={!dirty || problems.length > 0}
              onClick={() => setPublishing('asking')}
              rightSection={<CommandKey id="schema.publish" />}
            >
              {t('schema.publish')}
            </Button>
          </>
        )
      }
    >
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List>
          {(['design', 'json', 'taxonomies', 'versions'] as const).map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`schema.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="design" pt="sm">
          <ProblemList problems={problems} onGo={setSelected} />
          <div className="sd-design">
            <Structure
              schema={schema}
              problems={problems}
              selected={selected}
              readOnly={readOnly}
              inputKinds={inputKinds.map((k) => k.kind)}
              fieldKinds={fieldKinds.map((k) => k.kind)}
              onSelect={setSelected}
              onMove={(place, to) => {
                change(move(schema, place, to))
                setSelected({ part: place.part, at: to })
              }}
              onRemove={takeOut}
              onDuplicate={(at) => {
                change(duplicate(schema, at))
                setSelected({ part: 'fields', at: at + 1 })
              }}
              onAdd={(part, kind) => void add(part, kind)}
            />
            {!readOnly && (
              <Properties
                schema={schema}
                place={selected}
                problems={problems}
                taxonomies={taxonomies}
                onChange={change}
              />
            )}
            <Preview projectId={projectId} schema={good} stale={problems.length > 0} />
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="json" pt="sm">
          <JsonTab schema={schema} readOnly={readOnly} onChange={(next) => change(next, 'json')} />
        </Tabs.Panel>
        <Tabs.Panel value="taxonomies" pt="sm">
          <TaxonomyTab projectId={projectId} readOnly={readOnly} />
        </Tabs.Panel>
        <Tabs.Panel value="versions" pt="sm">
          <VersionsTab
            projectId={projectId}
            inForce={base.version}
            readOnly={readOnly}
            onTake={(old, from) => {
              change(old)
              setTab('design')
              toast({ text: t('schema.taken', { version: from }), undo: () => setDraft(undo) })
            }}
          />
        </Tabs.Panel>
      </Tabs>
      {publishing && (
        <PublishDialog
          version={base.version + 1}
          onClose={() => setPublishing(undefined)}
          onPublish={(note) => void publish(note)}
        />
      )}
      {blocker.status === 'blocked' && (
        <Modal
          opened
          onClose={blocker.reset}
          title={t('schema.leave.title')}
          closeButtonProps={{ 'aria-label': t('schema.leave.stay') }}
        >
          <p>{t('schema.leave.text')}</p>
          <Group justify="flex-end">
            <Button variant="default" onClick={blocker.proceed}>
              {t('schema.leave.go')}
            </Button>
            <Button data-autofocus onClick={blocker.reset}>
              {t('schema.leave.stay')}
            </Button>
          </Group>
        </Modal>
      )}
    </Page>
  )
}

/** The schema as it last stood without problems, for the preview. */
function useLastGood(schema: TaskSchema, problems: readonly Problem[]): TaskSchema {
  const [good, setGood] = useState(schema)
  if (problems.length === 0 && good !== schema) setGood(schema)
  return problems.length === 0 ? schema : good
}

async function freshConfig(
  kind: string,
  schema: TaskSchema,
  taxonomies: readonly {
    readonly name: string
    readonly version: number
    readonly title: { en: string; hi?: string | undefined }
  }[],
) {
  const form = await fieldForm(kind)
  const inputs = schema.inputs.map((i) => ({ id: i.id, kind: i.kind, title: i.id }))
  return (form?.fresh({ inputs, taxonomies }) ?? {}) as Record<string, unknown>
}

/** Everything that is wrong, to go to by a click. */
function ProblemList({
  problems,
  onGo,
}: {
  readonly problems: readonly Problem[]
  readonly onGo: (place: Place) => void
}) {
  const { t } = useI18n()
  if (problems.length === 0) return null
  return (
    <div className="sd-all-problems" role="status">
      <b>{t('schema.problems', { n: problems.length })}</b>
      {problems.slice(0, 8).map((p) => {
        const found = placeOf(p)
        return (
          <button
            key={`${p.path} ${p.message}`}
            type="button"
            className="sd-problem"
            onClick={() => found && onGo(found.place)}
          >
            <code>{p.path}</code> {p.message}
          </button>
        )
      })}
    </div>
  )
}

function PublishDialog(props: {
  readonly version: number
  readonly onClose: () => void
  readonly onPublish: (note: string) => void
}) {
  const { t } = useI18n()
  const [note, setNote] = useState('')
  useCommands(
    [
      {
        id: 'schema.publishNow',
        title: 'schema.publish',
        keys: ['Mod+Enter'],
        palette: 'skip',
        run: () => props.onPublish(note),
      },
    ],
    'dialog',
  )
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t('schema.publishTitle', { version: props.version })}
      closeButtonProps={{ 'aria-label': t('schema.cancel') }}
    >
      <Textarea
        data-autofocus
        autosize
        minRows={2}
        maxLength={500}
        label={t('schema.publishNote')}
        description={t('schema.publishHelp')}
        value={note}
        onChange={(e) => setNote(e.currentTarget.value)}
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={props.onClose}>
          {t('schema.cancel')}
        </Button>
        <Button onClick={() => props.onPublish(note)}>{t('schema.publish')}</Button>
      </Group>
    </Modal>
  )
}
