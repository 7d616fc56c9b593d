import type { WireOutput } from '@kasauti/contract'
import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { Answer, Empty, Failed, Page, titleIn } from '../../parts/index.ts'
import { useApi, useApiMutation } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { CertificateTag } from './CertificateTag.tsx'

type Mine = WireOutput<'skill.mine'>

function OpenExam({ exam }: { readonly exam: Mine['exams'][number] }) {
  const { t, format, locale } = useI18n()
  const navigate = useNavigate()
  const start = useApiMutation('exam.start', ['skill', 'exam'])
  const { projectId, examId } = exam
  const begin = () =>
    start.mutate(
      { params: { projectId, examId } },
      {
        onSuccess: ({ sittingId }) =>
          void navigate({
            to: '/projects/$projectId/sittings/$sittingId',
            params: { projectId, sittingId },
          }),
      },
    )
  const may = exam.state === 'open' || exam.state === 'running'
  return (
    <section className="card stack-tight">
      <div className="line-row">
        <div className="grow">
          <strong dir="auto">{exam.title}</strong>{' '}
          <span className="tag">{titleIn(exam.skillTitle, locale)}</span>
          <div className="sub small" dir="auto">
            {exam.projectName}
          </div>
        </div>
        {may ? (
          <Button onClick={begin} loading={start.isPending}>
            {t(exam.state === 'running' ? 'skills.goOn' : 'skills.start')}
          </Button>
        ) : (
          <span className="sub">
            {exam.state === 'wait' && exam.from
              ? t('skills.exam.waitUntil', { when: format.dateTime(exam.from) })
              : t(`skills.exam.${exam.state === 'held' ? 'held' : 'few'}`)}
          </span>
        )}
      </div>
      {may && <p className="sub small">{t('skills.exam.text', { most: exam.atMost })}</p>}
      {start.isError && <Failed error={start.error} />}
    </section>
  )
}

function Training({ projects }: { readonly projects: Mine['projects'] }) {
  const { t } = useI18n()
  const shown = projects.filter((p) => p.training.items > 0 || p.results > 0)
  if (shown.length === 0) return <p className="sub">{t('skills.noTraining')}</p>
  return shown.map((p) => (
    <section key={p.projectId} className="card line-row">
      <strong className="grow" dir="auto">
        {p.projectName}
      </strong>
      {(p.results > 0 || p.training.answered > 0) && (
        <Link to="/projects/$projectId/my-gold" params={{ projectId: p.projectId }}>
          {t('skills.results', { count: p.results })}
        </Link>
      )}
      {p.training.items > 0 && (
        <Link to="/projects/$projectId/training" params={{ projectId: p.projectId }}>
          {t('skills.training', { answered: p.training.answered, items: p.training.items })}
        </Link>
      )}
    </section>
  ))
}

/** What I am certified in, the exams open to me, where I can train. */
export function MySkillsScreen() {
  const { t, locale } = useI18n()
  const mine = useApi('skill.mine', {})
  return (
    <Page title={t('skills.mine')} sub={t('skills.mineText')}>
      <Answer of={mine}>
        {(m) => (
          <div className="stack">
            <section className="stack-tight">
              <h2>{t('skills.certificates')}</h2>
              {m.certificates.length === 0 && (
                <Empty title={t('skills.noCertificates')} text={t('skills.noCertificatesText')} />
              )}
              {m.certificates.map((c) => (
                <section key={c.certificateId} className="card line-row">
                  <strong className="grow">{titleIn(c.skillTitle, locale)}</strong>
                  <span dir="auto" className="sub small">
                    {c.note}
                  </span>
                  <CertificateTag certificate={c} />
                </section>
              ))}
            </section>
            <section className="stack-tight">
              <h2>{t('skills.exams')}</h2>
              {m.exams.length === 0 && <p className="sub">{t('skills.noExams')}</p>}
              {m.exams.map((exam) => (
                <OpenExam key={exam.examId} exam={exam} />
              ))}
            </section>
            <section className="stack-tight">
              <h2>{t('skills.trainingTitle')}</h2>
              <Training projects={m.projects} />
            </section>
          </div>
        )}
      </Answer>
    </Page>
  )
}
