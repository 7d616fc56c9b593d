import { Button, Switch } from '@mantine/core'
import { useI18n } from '../../platform/i18n/index.ts'
import type { Fault, StageKind, StageOf, WorkflowStage } from './draft.ts'
import { Choice, CountInput, SamplingFields, Setting, ShareInput, WhoFields } from './fields.tsx'
import { type Say, stageLines } from './words.ts'

type Of<K extends StageKind> = {
  readonly stage: StageOf<K>
  readonly faultAt: (at: Fault['at']) => Fault | undefined
  readonly onChange: (stage: WorkflowStage) => void
}

function AnnotateFields({ stage, faultAt, onChange }: Of<'annotate'>) {
  const { t } = useI18n()
  const { more } = stage
  return (
    <>
      <Setting label={t('workflow.people')}>
        <div className="line-row">
          <CountInput
            label={t('workflow.overlap')}
            min={1}
            max={9}
            value={stage.overlap}
            onChange={(overlap) => onChange({ ...stage, overlap })}
          />
          {stage.overlap > 1 && (
            <ShareInput
              label={t('workflow.overlapShare')}
              value={stage.share ?? 1}
              onChange={(share) => onChange({ ...stage, share })}
            />
          )}
        </div>
        <p className="sub small">{t('workflow.overlapHelp')}</p>
      </Setting>
      <Setting label={t('workflow.more')} fault={faultAt('more')}>
        <Switch
          size="sm"
          label={t('workflow.moreSwitch')}
          checked={more !== undefined}
          onChange={(e) => {
            const { more: _, ...rest } = stage
            onChange(
              e.currentTarget.checked
                ? { ...rest, more: { below: 0.7, upTo: Math.min(9, stage.overlap + 2) } }
                : rest,
            )
          }}
        />
        {more && (
          <div className="line-row">
            <ShareInput
              label={t('workflow.below')}
              value={more.below}
              onChange={(below) => onChange({ ...stage, more: { ...more, below } })}
            />
            <CountInput
              label={t('workflow.upTo')}
              min={2}
              max={9}
              value={more.upTo}
              onChange={(upTo) => onChange({ ...stage, more: { ...more, upTo } })}
            />
          </div>
        )}
      </Setting>
    </>
  )
}

function ReviewFields({ stage, faultAt, onChange }: Of<'review'>) {
  const { t } = useI18n()
  return (
    <>
      <SamplingFields
        value={stage.sampling}
        fault={faultAt('sampling')}
        onChange={(sampling) => onChange({ ...stage, sampling })}
      />
      <Setting label={t('workflow.onReturn')}>
        <Choice
          label={t('workflow.onReturn')}
          value={stage.onReturn}
          options={(['author', 'another'] as const).map((value) => ({
            value,
            label: t(`workflow.onReturn.${value}`),
          }))}
          onChange={(onReturn) => onChange({ ...stage, onReturn })}
        />
        <div className="line-row">
          <CountInput
            label={t('workflow.reviewers')}
            min={1}
            max={3}
            value={stage.overlap}
            onChange={(overlap) => onChange({ ...stage, overlap })}
          />
          <CountInput
            label={t('workflow.returnsAtMost')}
            min={1}
            max={9}
            value={stage.returnsAtMost}
            onChange={(returnsAtMost) => onChange({ ...stage, returnsAtMost })}
          />
        </div>
        <p className="sub small">{t('workflow.returnsHelp')}</p>
      </Setting>
    </>
  )
}

function AdjudicateFields({ stage, faultAt, onChange }: Of<'adjudicate'>) {
  const { t } = useI18n()
  const { when } = stage
  return (
    <Setting label={t('workflow.when')} fault={faultAt('when')}>
      <Choice
        label={t('workflow.when')}
        value={when.kind}
        options={(['disagreement', 'always'] as const).map((value) => ({
          value,
          label: t(`workflow.when.${value}`),
        }))}
        onChange={(kind) =>
          onChange({
            ...stage,
            when: kind === 'always' ? { kind } : when.kind === kind ? when : { kind, below: 0.8 },
          })
        }
      />
      {when.kind === 'disagreement' && (
        <ShareInput
          label={t('workflow.below')}
          value={when.below}
          onChange={(below) => onChange({ ...stage, when: { kind: 'disagreement', below } })}
        />
      )}
      <p className="sub small">{t('workflow.whenHelp')}</p>
    </Setting>
  )
}

function AuditFields({
  stage,
  faultAt,
  onChange,
  decides,
}: Of<'audit'> & { readonly decides: 'adjudicates' | 'no adjudication' }) {
  const { t } = useI18n()
  const ways =
    decides === 'adjudicates' || stage.onFail === 'adjudicate'
      ? (['author', 'adjudicate'] as const)
      : (['author'] as const)
  return (
    <>
      <SamplingFields
        value={stage.sampling}
        fault={faultAt('sampling')}
        onChange={(sampling) => onChange({ ...stage, sampling })}
      />
      <Setting label={t('workflow.onFail')} fault={faultAt('onFail')}>
        <Choice
          label={t('workflow.onFail')}
          value={stage.onFail}
          options={ways.map((value) => ({ value, label: t(`workflow.onFail.${value}`) }))}
          onChange={(onFail) => onChange({ ...stage, onFail })}
        />
      </Setting>
    </>
  )
}

/** The settings of the chosen stage. */
export function StagePanel(props: {
  readonly stage: WorkflowStage
  readonly decides: 'adjudicates' | 'no adjudication'
  readonly faults: readonly Fault[]
  readonly may: 'edit' | 'look'
  readonly say: Say
  readonly onChange: (stage: WorkflowStage) => void
  readonly onRemove: () => void
  readonly onClose: () => void
}) {
  const { stage, onChange, may } = props
  const { t } = useI18n()
  const faultAt = (at: Fault['at']) =>
    props.faults.find((f) => f.stage === stage.kind && f.at === at)
  return (
    <section className="card wf-panel" aria-labelledby="wf-panel-title">
      <header className="line-row">
        <div className="grow">
          <h2 id="wf-panel-title">{t(`workflow.stage.${stage.kind}`)}</h2>
          <p className="sub small">{t(`workflow.stageHelp.${stage.kind}`)}</p>
        </div>
        {may === 'edit' && stage.kind !== 'annotate' && (
          <Button size="compact-sm" variant="subtle" color="red" onClick={props.onRemove}>
            {t('workflow.remove')}
          </Button>
        )}
        <Button size="compact-sm" variant="default" onClick={props.onClose}>
          {t('parts.close')}
        </Button>
      </header>
      {may === 'look' ? (
        <ul className="wf-lines">
          {stageLines(props.say, stage).map((l) => (
            <li key={l.id}>{l.text}</li>
          ))}
        </ul>
      ) : (
        <div className="wf-settings">
          {stage.kind === 'annotate' && <AnnotateFields {...{ stage, faultAt, onChange }} />}
          {stage.kind === 'review' && <ReviewFields {...{ stage, faultAt, onChange }} />}
          {stage.kind === 'adjudicate' && <AdjudicateFields {...{ stage, faultAt, onChange }} />}
          {stage.kind === 'audit' && (
            <AuditFields {...{ stage, faultAt, onChange }} decides={props.decides} />
          )}
          <WhoFields
            stage={stage}
            fault={faultAt('who')}
            onChange={(who) => onChange({ ...stage, who })}
          />
        </div>
      )}
    </section>
  )
}
