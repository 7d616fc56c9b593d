import type { WireOutput } from '@kasauti/contract'
import { goldPolicy } from '@kasauti/core'
import { Button, NumberInput, Select, Switch } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Answer, Failed, titleIn, toast } from '../../parts/index.ts'
import { useApi, useApiMutation } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

type Project = WireOutput<'project.get'>
type Schema = WireOutput<'schema.get'>['schema']

function Form({ project, schema }: { readonly project: Project; readonly schema: Schema }) {
  const { t, locale } = useI18n()
  const before = project.settings.gold
  const [hidden, setHidden] = useState(before?.hidden ?? false)
  const [least, setLeast] = useState(100 * (before?.least ?? goldPolicy.least))
  const [most, setMost] = useState(100 * (before?.most ?? goldPolicy.most))
  const [feedback, setFeedback] = useState(before?.feedback ?? 'daily')
  const [tolerances, setTolerances] = useState(before?.tolerances ?? {})
  const update = useApiMutation('project.update', ['project', 'gold', 'work'])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const gold = { hidden, least: least / 100, most: most / 100, feedback, tolerances }
    update.mutate(
      { params: { projectId: project.projectId }, body: { settings: { gold } } },
      { onSuccess: () => toast({ text: t('parts.saved') }) },
    )
  }
  return (
    <form className="stack settings-form" onSubmit={submit}>
      <section className="card stack-tight">
        <Switch
          label={t('gold.hidden')}
          description={t('gold.hiddenText')}
          checked={hidden}
          onChange={(e) => setHidden(e.currentTarget.checked)}
        />
        <div className="columns">
          <NumberInput
            label={t('gold.least')}
            description={t('gold.leastText')}
            suffix=" %"
            min={0}
            max={50}
            value={least}
            onChange={(v) => setLeast(Number(v) || 0)}
          />
          <NumberInput
            label={t('gold.most')}
            description={t('gold.mostText')}
            suffix=" %"
            min={0}
            max={50}
            value={most}
            onChange={(v) => setMost(Number(v) || 0)}
          />
        </div>
        <Select
          label={t('gold.feedback')}
          allowDeselect={false}
          data={(['daily', 'never'] as const).map((value) => ({
            value,
            label: t(`gold.feedback.${value}`),
          }))}
          value={feedback}
          onChange={(v) => setFeedback(v === 'never' ? 'never' : 'daily')}
        />
      </section>
      <section className="card stack-tight">
        <h2>{t('gold.tolerances')}</h2>
        <p className="sub small">{t('gold.tolerancesText')}</p>
        {schema.fields.map((field) => (
          <NumberInput
            key={field.id}
            label={titleIn(field.title, locale)}
            suffix=" %"
            min={0}
            max={100}
            value={Math.round(100 * (tolerances[field.id] ?? (field.kind === 'text' ? 0 : 1)))}
            onChange={(v) => setTolerances({ ...tolerances, [field.id]: (Number(v) || 0) / 100 })}
          />
        ))}
      </section>
      {update.isError && <Failed error={update.error} />}
      <div>
        <Button type="submit" loading={update.isPending}>
          {t('parts.save')}
        </Button>
      </div>
    </form>
  )
}

/** How much hidden gold there is, when people are told, and from when on an answer counts as right. */
export function Policy({ projectId }: { readonly projectId: string }) {
  const project = useApi('project.get', { params: { projectId } })
  const schema = useApi('schema.get', { params: { projectId } })
  return (
    <Answer of={project}>
      {(p) => <Answer of={schema}>{(s) => <Form project={p} schema={s.schema} />}</Answer>}
    </Answer>
  )
}
