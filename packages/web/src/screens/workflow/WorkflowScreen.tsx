import { Button } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Answer, JobProgress, Page, toast } from '../../parts/index.ts'
import { hasRole, useApi, useMe } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { CommandKey, useCommands } from '../../platform/keys/index.ts'
import { Differences } from './Differences.tsx'
import {
  faultsOf,
  type InForce,
  type StageKind,
  sameWorkflow,
  stageIn,
  type Workflow,
  withNewStage,
  withoutStage,
  withStage,
} from './draft.ts'
import { Picture } from './Picture.tsx'
import { PublishDialog } from './PublishDialog.tsx'
import { StagePanel } from './StagePanel.tsx'
import { useSkills } from './skills.ts'
import { Versions } from './Versions.tsx'
import { differences, type Say } from './words.ts'
import './workflow.css'

/** A change that is still being carried out on the items. */
function Carrying({ projectId, jobId }: { readonly projectId: string; readonly jobId: string }) {
  const { t } = useI18n()
  const me = useMe()
  const sees = hasRole(me, projectId, ['lead', 'manager', 'engineer'])
  const job = useApi(
    'job.get',
    { params: { projectId, jobId } },
    { enabled: sees, refetchInterval: 1500 },
  )
  if (job.data?.state === 'done') return null
  return (
    <section className="card stack-tight" aria-live="polite">
      <strong>{t('workflow.carrying')}</strong>
      <p className="sub small">{t('workflow.carryingText')}</p>
      {job.data && <JobProgress progress={job.data.progress} state={job.data.state} />}
    </section>
  )
}

function useSay(): Say {
  const { t, format } = useI18n()
  const skills = useSkills()
  return { t, format, skill: (id) => skills.find((s) => s.id === id)?.title ?? id }
}

type EditorProps = { readonly projectId: string; readonly inForce: InForce }

function Editor({ projectId, inForce }: EditorProps) {
  const { t } = useI18n()
  const me = useMe()
  const say = useSay()
  const may = hasRole(me, projectId, ['lead', 'manager']) ? 'edit' : 'look'
  // The version the draft began from: what somebody else published since must not be overwritten.
  const [from, setFrom] = useState({ version: inForce.version, workflow: inForce.workflow })
  const [draft, setDraft] = useState<Workflow>(inForce.workflow)
  const [chosen, setChosen] = useState<StageKind>()
  const [publishing, setPublishing] = useState<'no' | 'yes'>('no')
  const changed = !sameWorkflow(from.workflow, draft)
  if (!changed && from.version !== inForce.version) {
    setFrom({ version: inForce.version, workflow: inForce.workflow })
    setDraft(inForce.workflow)
  }
  const faults = faultsOf(draft)
  const wrong = faults.filter((f) => f.weight === 'wrong')
  const stage = draft.stages.find((s) => s.kind === chosen)
  const restart = () => {
    setFrom({ version: inForce.version, workflow: inForce.workflow })
    setDraft(inForce.workflow)
  }
  const choose = (kind: StageKind) => {
    setChosen((now) => (now === kind ? undefined : kind))
  }
  const add = (kind: StageKind) => {
    setDraft(withNewStage(draft, kind))
    setChosen(kind)
    // After the menu gave the focus back.
    setTimeout(() => document.getElementById(`wf-box-${kind}`)?.focus(), 50)
  }
  const remove = (kind: StageKind) => {
    const before = draft
    const after = withoutStage(draft, kind)
    if (after === before) return
    setDraft(after)
    if (chosen === kind) setChosen(undefined)
    document.getElementById('wf-box-annotate')?.focus()
    toast({
      text: t('workflow.removed', { stage: t(`workflow.stage.${kind}`) }),
      undo: () => setDraft(before),
    })
  }
  const publish = () => setPublishing('yes')
  useCommands([
    {
      id: 'workflow.publish',
      title: 'workflow.publish',
      keys: ['Mod+KeyS'],
      when: () => may === 'edit' && changed && wrong.length === 0,
      run: publish,
    },
  ])
  return (
    <>
      {inForce.jobId && <Carrying projectId={projectId} jobId={inForce.jobId} />}
      <Picture
        workflow={draft}
        standing={inForce.standing}
        faults={faults}
        chosen={chosen}
        may={may}
        say={say}
        onChoose={choose}
        onAdd={add}
        onRemove={remove}
      />
      {faults.map((f) => (
        <p key={`${f.stage} ${f.why}`} id={`wf-fault-${f.stage}`} className="offscreen">
          {t(`workflow.fault.${f.why}`)}
        </p>
      ))}
      {!stage && <p className="sub">{t(may === 'edit' ? 'workflow.hint' : 'workflow.hintLook')}</p>}
      {stage && (
        <StagePanel
          key={stage.kind}
          stage={stage}
          decides={stageIn(draft, 'adjudicate') ? 'adjudicates' : 'no adjudication'}
          faults={faults}
          may={may}
          say={say}
          onChange={(next) => setDraft(withStage(draft, next))}
          onRemove={() => remove(stage.kind)}
          onClose={() => {
            document.getElementById(`wf-box-${stage.kind}`)?.focus()
            setChosen(undefined)
          }}
        />
      )}
      {changed && (
        <section className="card wf-changes" aria-label={t('workflow.unpublished')}>
          <div className="grow">
            <strong>{t('workflow.unpublished')}</strong>
            <Differences of={differences(say, from.workflow, draft)} />
            {from.version !== inForce.version && (
              <p className="wf-wrong" role="alert">
                {t('workflow.overtaken')}
              </p>
            )}
          </div>
          <Button variant="default" onClick={restart}>
            {t('workflow.discard')}
          </Button>
          <Button
            onClick={publish}
            disabled={wrong.length > 0}
            rightSection={<CommandKey id="workflow.publish" />}
            className="with-key"
          >
            {t('workflow.publish')}
          </Button>
        </section>
      )}
      <Versions
        inForce={inForce}
        may={may}
        say={say}
        onUse={(workflow) => {
          setDraft(workflow)
          toast({ text: t('workflow.taken') })
          document.getElementById('wf-box-annotate')?.focus()
        }}
      />
      {publishing === 'yes' && (
        <PublishDialog
          projectId={projectId}
          basedOn={from.version}
          before={from.workflow}
          after={draft}
          say={say}
          onClose={() => setPublishing('no')}
          onDone={() => {
            setPublishing('no')
            setFrom({ version: from.version, workflow: draft })
          }}
        />
      )}
    </>
  )
}

/** The way of an item through a project: looked at by all, changed by leads and managers. */
export function WorkflowScreen() {
  const { t } = useI18n()
  const { projectId } = useParams({ from: '/signed/framed/projects/$projectId/workflow' })
  const workflow = useApi('workflow.get', { params: { projectId } })
  return (
    <Page title={t('workflow.title')} sub={t('workflow.sub')}>
      <Answer of={workflow}>
        {(inForce) => <Editor key={projectId} projectId={projectId} inForce={inForce} />}
      </Answer>
    </Page>
  )
}
