import { localText } from '@kasauti/core'
import { Button } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { Empty, Failed, Page, titleIn, Waiting } from '../../parts/index.ts'
import { useApi } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { answerWords, contextOf, type Kit } from '../../workbench/index.ts'
import { type Answered, Question } from './Question.tsx'
import { useQuestion } from './use-question.ts'

type Told = {
  readonly answered: Answered
  readonly inputs: Readonly<Record<string, unknown>>
  readonly kit: Kit
  readonly onNext: () => void
}

/** An answer of a field in words; of one asked turn by turn, turn by turn. */
function wordsOf(
  field: Kit['schema']['fields'][number],
  answer: unknown,
  show: Parameters<typeof answerWords>[2],
): string {
  if (field.per.of === 'item') return answerWords(field, answer, show)
  return Object.entries((answer ?? {}) as Record<string, unknown>)
    .map(([turn, of]) => `${turn}: ${answerWords(field, of, show)}`)
    .join('; ')
}

/** How it was, field by field, and why. */
function FeedbackPanel({ answered, inputs, kit, onNext }: Told) {
  const { t, locale } = useI18n()
  const { feedback, answers } = answered
  if (!feedback) return null
  const show = { context: contextOf(kit, inputs), locale }
  return (
    <section className="card stack-tight" aria-live="polite">
      <div className="line-row">
        <span className={feedback.correct ? 'tag good' : 'tag bad'}>
          {t(feedback.correct ? 'questions.right' : 'questions.wrong')}
        </span>
      </div>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('questions.field')}</th>
            <th>{t('questions.mine')}</th>
            <th>{t('questions.gold')}</th>
          </tr>
        </thead>
        <tbody>
          {kit.schema.fields
            .filter((field) => feedback.fields[field.id] !== undefined)
            .map((field) => (
              <tr key={field.id}>
                <td dir="auto">{titleIn(field.title, locale)}</td>
                <td dir="auto">
                  {wordsOf(field, answers[field.id], show) || t('questions.nothing')}
                </td>
                <td dir="auto">{wordsOf(field, feedback.answers[field.id], show)}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <p dir="auto">{localText(feedback.explanation, locale)}</p>
      <div>
        <Button autoFocus onClick={onNext}>
          {t('questions.next')}
        </Button>
      </div>
    </section>
  )
}

/** Learn from gold: answer, see at once how it was, stop at any time. */
export function TrainingScreen() {
  const { t, format } = useI18n()
  const { projectId = '' } = useParams({ strict: false })
  const { asked, next } = useQuestion(projectId)
  const progress = useApi('gold.training', { params: { projectId } })
  const sums = progress.data
  return (
    <Page
      title={t('questions.training')}
      sub={
        sums &&
        t('questions.progress', {
          answered: format.number(sums.answered),
          items: format.number(sums.items),
          correct: format.number(sums.correct),
        })
      }
      actions={<Link to="/my-skills">{t('questions.stop')}</Link>}
    >
      {asked.is === 'loading' && <Waiting />}
      {asked.is === 'failed' && <Failed error={asked.error} onRetry={next} />}
      {asked.is === 'none' && (
        <Empty title={t('questions.noneLeft')} text={t('questions.noneLeftText')} />
      )}
      {asked.is === 'there' && (
        <Question
          work={asked.work}
          onAnswered={() => undefined}
          after={(answered, kit) => (
            <FeedbackPanel answered={answered} inputs={asked.work.inputs} kit={kit} onNext={next} />
          )}
        />
      )}
    </Page>
  )
}
