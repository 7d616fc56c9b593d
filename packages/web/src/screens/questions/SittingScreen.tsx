import type { WireOutput } from '@kasauti/contract'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Answer, Failed, Page, titleIn, Waiting } from '../../parts/index.ts'
import { refreshAnswers, useApi } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { Question } from './Question.tsx'
import { useQuestion } from './use-question.ts'

type Sitting = WireOutput<'exam.sitting'>

function Over({ sitting }: { readonly sitting: Sitting }) {
  const { t, format, locale } = useI18n()
  const passed = sitting.state === 'passed'
  const share = Math.round((100 * (sitting.correct ?? 0)) / Math.max(1, sitting.answered))
  return (
    <section className="card stack-tight" role="status">
      <h2>
        <span className={passed ? 'tag good' : 'tag bad'}>
          {t(passed ? 'questions.passed' : 'questions.failed')}
        </span>
      </h2>
      <p>
        {t('questions.shareRight', { share, answered: sitting.answered })}{' '}
        {passed && sitting.expiresAt
          ? t('questions.validUntil', { when: format.dateTime(sitting.expiresAt) })
          : ''}
        {!passed && sitting.retryFrom
          ? t('questions.retryFrom', { when: format.dateTime(sitting.retryFrom) })
          : ''}
      </p>
      <p className="sub">{titleIn(sitting.skillTitle, locale)}</p>
      <Link to="/my-skills">{t('questions.toSkills')}</Link>
    </section>
  )
}

function Running({
  projectId,
  sitting,
}: {
  readonly projectId: string
  readonly sitting: Sitting
}) {
  const { asked, next } = useQuestion(projectId, sitting.sittingId)
  const none = asked.is === 'none'
  useEffect(() => {
    // No question is left: the sitting was decided.
    if (none) void refreshAnswers(['exam'])
  }, [none])
  if (asked.is === 'failed') return <Failed error={asked.error} onRetry={next} />
  if (asked.is !== 'there') return <Waiting />
  return <Question work={asked.work} after={undefined} onAnswered={next} />
}

/** An exam, question by question; how it went is told at the end. It goes on after a reload. */
export function SittingScreen() {
  const { t } = useI18n()
  const { projectId = '', sittingId = '' } = useParams({ strict: false })
  const sitting = useApi('exam.sitting', { params: { projectId, sittingId } })
  return (
    <Answer of={sitting}>
      {(s) => (
        <Page
          title={s.title}
          sub={
            s.state === 'running' && t('questions.examText', { n: s.answered + 1, most: s.atMost })
          }
        >
          {s.state === 'running' ? (
            <Running projectId={projectId} sitting={s} />
          ) : (
            <Over sitting={s} />
          )}
        </Page>
      )}
    </Answer>
  )
}
