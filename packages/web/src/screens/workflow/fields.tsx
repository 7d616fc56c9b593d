import type { ProjectRole } from '@kasauti/core'
import { MultiSelect, NumberInput, SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'
import { useI18n } from '../../platform/i18n/index.ts'
import type { Fault, WorkflowStage } from './draft.ts'
import { useSkills } from './skills.ts'

/** One setting: its name, what it does, its control, and what is wrong with it. */
export function Setting(props: {
  readonly label: string
  readonly fault?: Fault | undefined
  readonly children: ReactNode
}) {
  const { t } = useI18n()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a legend cannot be laid out; the label is the name
    <div className="wf-setting" role="group" aria-label={props.label}>
      <div className="wf-label">{props.label}</div>
      {props.children}
      {props.fault && (
        <p className={props.fault.weight === 'wrong' ? 'wf-wrong' : 'wf-odd'} role="alert">
          {t(`workflow.fault.${props.fault.why}`)}
        </p>
      )}
    </div>
  )
}

/** A share of 0..1, written in percent. */
export function ShareInput(props: {
  readonly label: string
  readonly value: number
  readonly onChange: (share: number) => void
}) {
  return (
    <NumberInput
      size="xs"
      label={props.label}
      min={0}
      max={100}
      step={5}
      allowDecimal={false}
      suffix=" %"
      clampBehavior="strict"
      w={150}
      value={Math.round(props.value * 100)}
      onChange={(value) => {
        if (typeof value === 'number') props.onChange(value / 100)
      }}
    />
  )
}

export function CountInput(props: {
  readonly label: string
  readonly min: number
  readonly max: number
  readonly value: number
  readonly onChange: (count: number) => void
}) {
  return (
    <NumberInput
      size="xs"
      label={props.label}
      min={props.min}
      max={props.max}
      allowDecimal={false}
      clampBehavior="strict"
      w={150}
      value={props.value}
      onChange={(value) => {
        if (typeof value === 'number') props.onChange(value)
      }}
    />
  )
}

/** One of a few. */
export function Choice<K extends string>(props: {
  readonly label: string
  readonly value: K
  readonly options: readonly { readonly value: K; readonly label: string }[]
  readonly onChange: (value: K) => void
}) {
  return (
    <SegmentedControl
      size="xs"
      aria-label={props.label}
      data={props.options.map((o) => ({ ...o }))}
      value={props.value}
      onChange={(value) => {
        const chosen = props.options.find((o) => o.value === value)
        if (chosen) props.onChange(chosen.value)
      }}
    />
  )
}

type Sampling = Extract<WorkflowStage, { kind: 'review' }>['sampling']
const startOf: Readonly<Record<Sampling['kind'], Sampling>> = {
  all: { kind: 'all' },
  share: { kind: 'share', share: 0.2 },
  adaptive: { kind: 'adaptive', least: 0.1, most: 1, below: 0.7 },
}

export function SamplingFields(props: {
  readonly value: Sampling
  readonly fault: Fault | undefined
  readonly onChange: (sampling: Sampling) => void
}) {
  const { t } = useI18n()
  const { value, onChange } = props
  return (
    <Setting label={t('workflow.sampling')} fault={props.fault}>
      <Choice
        label={t('workflow.sampling')}
        value={value.kind}
        options={(['all', 'share', 'adaptive'] as const).map((kind) => ({
          value: kind,
          label: t(`workflow.samplingKind.${kind}`),
        }))}
        onChange={(kind) => onChange(kind === value.kind ? value : startOf[kind])}
      />
      {value.kind === 'share' && (
        <ShareInput
          label={t('workflow.share')}
          value={value.share}
          onChange={(share) => onChange({ kind: 'share', share })}
        />
      )}
      {value.kind === 'adaptive' && (
        <div className="line-row">
          <ShareInput
            label={t('workflow.least')}
            value={value.least}
            onChange={(least) => onChange({ ...value, least })}
          />
          <ShareInput
            label={t('workflow.most')}
            value={value.most}
            onChange={(most) => onChange({ ...value, most })}
          />
          <ShareInput
            label={t('workflow.below')}
            value={value.below}
            onChange={(below) => onChange({ ...value, below })}
          />
        </div>
      )}
      <p className="sub small">{t(`workflow.samplingHelp.${value.kind}`)}</p>
    </Setting>
  )
}

/** Roles that may do a stage's work at all: the operations behind the bench ask for them too. */
const takers: Readonly<Record<WorkflowStage['kind'], readonly ProjectRole[]>> = {
  annotate: ['associate', 'reviewer', 'lead'],
  review: ['reviewer', 'lead'],
  adjudicate: ['associate', 'reviewer', 'lead'],
  audit: ['reviewer', 'lead'],
}

export function WhoFields(props: {
  readonly stage: WorkflowStage
  readonly fault: Fault | undefined
  readonly onChange: (who: WorkflowStage['who']) => void
}) {
  const { t } = useI18n()
  const { who, kind } = props.stage
  const skills = useSkills()
  const offered = [...new Set([...takers[kind], ...who.roles])]
  return (
    <Setting label={t('workflow.who')} fault={props.fault}>
      <MultiSelect
        size="xs"
        label={t('workflow.roles')}
        data={offered.map((role) => ({ value: role, label: t(`parts.role.${role}`) }))}
        value={[...who.roles]}
        hidePickedOptions={false}
        onChange={(roles) =>
          props.onChange({ ...who, roles: offered.filter((r) => roles.includes(r)) })
        }
      />
      {skills.length > 0 && (
        <MultiSelect
          size="xs"
          label={t('workflow.skills')}
          description={t('workflow.skillsHelp')}
          data={skills.map((s) => ({ value: s.id, label: s.title }))}
          value={[...(who.skills ?? [])]}
          onChange={(chosen) => props.onChange({ ...who, skills: chosen })}
        />
      )}
      <p className="sub small">{t('workflow.neverOwn')}</p>
    </Setting>
  )
}
