import type { WireOutput } from '@kasauti/contract'
import { examOutlook, examRule, fewestItems } from '@kasauti/core'
import { Button, NumberInput, Select, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useMemo, useState } from 'react'
import { Answer, Empty, Failed, titleIn, toast } from '../../parts/index.ts'
import { useApi, useApiMutation } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

type Exam = WireOutput<'exam.list'>['rows'][number]
type Draft = {
  readonly title: string
  readonly p0: number
  readonly p1: number
  readonly alpha: number
  readonly beta: number
  readonly maxItems: number
  readonly validDays: number | undefined
  readonly retryDays: number
}
const fresh: Draft = { title: '', ...examRule, validDays: 180, retryDays: 7 }
const draftOf = (exam: Exam): Draft => ({ ...exam, validDays: exam.validDays })

/** What the exam would ask of people, reckoned as one types. */
function Outlook({ draft, questions }: { readonly draft: Draft; readonly questions: number }) {
  const { t, format } = useI18n()
  const fits = draft.p0 < draft.p1
  const rows = useMemo(
    () => (fits ? [draft.p0, draft.p1].map((p) => ({ p, ...examOutlook(draft, p) })) : []),
    [draft, fits],
  )
  if (!fits) return <p className="tag warn">{t('gold.exam.order')}</p>
  const few = questions < draft.maxItems
  return (
    <div className="stack-tight" aria-live="polite">
      {rows.map((row) => (
        <p key={row.p} className="small">
          {t('gold.exam.outlook', {
            p: Math.round(100 * row.p),
            granted: Math.round(100 * row.granted),
            mean: format.number(Math.round(row.meanItems)),
            median: format.number(row.medianItems),
          })}
        </p>
      ))}
      <p className={few ? 'tag warn' : 'sub small'}>
        {t(few ? 'gold.exam.few' : 'gold.exam.enough', {
          questions,
          needed: fewestItems(draft),
          most: draft.maxItems,
        })}
      </p>
    </div>
  )
}

function ExamForm({
  projectId,
  exam,
  questions,
  onDone,
}: {
  readonly projectId: string
  readonly exam: Exam | undefined
  readonly questions: number
  readonly onDone: () => void
}) {
  const { t, locale } = useI18n()
  const [draft, setDraft] = useState<Draft>(exam ? draftOf(exam) : fresh)
  const [skillId, setSkillId] = useState<string | null>(exam?.skillId ?? null)
  const skills = useApi('skill.list', {})
  const create = useApiMutation('exam.create', ['exam', 'skill'])
  const update = useApiMutation('exam.update', ['exam', 'skill'])
  const done = () => {
    toast({ text: t('parts.saved') })
    onDone()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { validDays, title, p0, p1, alpha, beta, maxItems, retryDays } = draft
    const rule = { title, p0, p1, alpha, beta, maxItems, retryDays }
    const body = validDays === undefined ? rule : { ...rule, validDays }
    if (exam)
      update.mutate(
        { params: { projectId, examId: exam.examId }, body: { ...body, active: exam.active } },
        { onSuccess: done },
      )
    else if (skillId)
      create.mutate({ params: { projectId }, body: { ...body, skillId } }, { onSuccess: done })
  }
  const share = (key: 'p0' | 'p1' | 'alpha' | 'beta') => (
    <NumberInput
      label={t(`gold.exam.${key}`)}
      suffix=" %"
      min={1}
      max={99}
      decimalScale={1}
      value={Math.round(1000 * draft[key]) / 10}
      onChange={(v) => setDraft({ ...draft, [key]: (Number(v) || 1) / 100 })}
    />
  )
  const failed = create.error ?? update.error
  return (
    <form className="card stack-tight" onSubmit={submit}>
      <div className="columns">
        <TextInput
          label={t('gold.exam.title')}
          required
          maxLength={120}
          dir="auto"
          value={draft.title}
          onChange={(e) => setDraft({ ...draft, title: e.currentTarget.value })}
        />
        <Select
          label={t('gold.exam.skill')}
          required
          disabled={exam !== undefined}
          data={(skills.data?.rows ?? [])
            .filter((s) => !s.retired)
            .map((s) => ({ value: s.skillId, label: titleIn(s.title, locale) ?? s.name }))}
          value={skillId}
          onChange={setSkillId}
          nothingFoundMessage={t('gold.exam.noSkills')}
        />
      </div>
      <div className="columns">
        {share('p1')}
        {share('p0')}
      </div>
      <div className="columns">
        {share('beta')}
        {share('alpha')}
      </div>
      <div className="columns">
        <NumberInput
          label={t('gold.exam.maxItems')}
          min={1}
          max={500}
          value={draft.maxItems}
          onChange={(v) => setDraft({ ...draft, maxItems: Math.max(1, Number(v) || 1) })}
        />
        <NumberInput
          label={t('gold.exam.validDays')}
          min={1}
          max={3650}
          value={draft.validDays ?? ''}
          onChange={(v) => setDraft({ ...draft, validDays: v === '' ? undefined : Number(v) })}
        />
        <NumberInput
          label={t('gold.exam.retryDays')}
          min={0}
          max={365}
          value={draft.retryDays}
          onChange={(v) => setDraft({ ...draft, retryDays: Number(v) || 0 })}
        />
      </div>
      <Outlook draft={draft} questions={questions} />
      {failed && <Failed error={failed} />}
      <div className="line-row">
        <Button type="submit" loading={create.isPending || update.isPending}>
          {t('parts.save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('parts.cancel')}
        </Button>
      </div>
    </form>
  )
}

/** Entry exams made of the project's exam questions. */
export function Exams({ projectId }: { readonly projectId: string }) {
  const { t, format, locale } = useI18n()
  const [open, setOpen] = useState<string>()
  const exams = useApi('exam.list', { params: { projectId } })
  const gold = useApi('gold.list', { params: { projectId }, query: { limit: 1 } })
  const update = useApiMutation('exam.update', ['exam', 'skill'])
  const questions = gold.data?.counts.exam ?? 0
  const form = (exam: Exam | undefined) => (
    <ExamForm
      key={exam?.examId ?? 'new'}
      projectId={projectId}
      exam={exam}
      questions={questions}
      onDone={() => setOpen(undefined)}
    />
  )
  const flip = (exam: Exam) => {
    const { title, p0, p1, alpha, beta, maxItems, retryDays, validDays } = exam
    const body = { title, p0, p1, alpha, beta, maxItems, retryDays, active: !exam.active }
    update.mutate({
      params: { projectId, examId: exam.examId },
      body: validDays === undefined ? body : { ...body, validDays },
    })
  }
  return (
    <Answer of={exams}>
      {({ rows }) => (
        <div className="stack">
          {rows.length === 0 && open === undefined && (
            <Empty title={t('gold.exam.none')} text={t('gold.exam.noneText')} />
          )}
          {rows.map((exam) =>
            open === exam.examId ? (
              form(exam)
            ) : (
              <section key={exam.examId} className="card line-row">
                <div className="grow">
                  <strong dir="auto">{exam.title}</strong>{' '}
                  <span className="tag">{titleIn(exam.skillTitle, locale)}</span>{' '}
                  {!exam.active && <span className="tag warn">{t('gold.exam.closed')}</span>}
                  <div className="sub small">
                    {t('gold.exam.results', {
                      passed: format.number(exam.passed),
                      failed: format.number(exam.failed),
                      running: format.number(exam.running),
                    })}
                  </div>
                </div>
                <Button variant="default" onClick={() => setOpen(exam.examId)}>
                  {t('gold.exam.change')}
                </Button>
                <Button variant="default" onClick={() => flip(exam)}>
                  {t(exam.active ? 'gold.exam.close' : 'gold.exam.open')}
                </Button>
              </section>
            ),
          )}
          {open === 'new' ? (
            form(undefined)
          ) : (
            <div className="line-row">
              <Button onClick={() => setOpen('new')}>{t('gold.exam.new')}</Button>
              <Link to="/skills">{t('gold.exam.toSkills')}</Link>
            </div>
          )}
        </div>
      )}
    </Answer>
  )
}
