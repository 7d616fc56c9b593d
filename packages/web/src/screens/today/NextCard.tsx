import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useI18n } from '../../platform/i18n/index.ts'
import { CommandKey, useCommands } from '../../platform/keys/index.ts'
import type { Today } from './answer.ts'

function useWaitingText(today: Today): string {
  const { t, format } = useI18n()
  const next = today.next
  const project = today.projects.find((p) => p.projectId === next?.projectId)
  if (!next || !project) return ''
  const parts: string[] = []
  if (next.returned > 0) parts.push(t('today.returnedFirst', { count: next.returned }))
  const left = { annotate: project.toAnnotate, review: project.toReview, adjudicate: 0, audit: 0 }[
    next.stage
  ]
  if (left > 0)
    parts.push(t(`today.left.${next.stage}`, { count: left, number: format.number(left) }))
  return parts.join(' · ')
}

/** The one big thing to press. */
export function NextCard({ today }: { readonly today: Today }) {
  const { t } = useI18n()
  const navigate = useNavigate()
  const next = today.next
  const text = useWaitingText(today)
  const go = () => {
    if (next) void navigate({ to: '/work' })
  }
  useCommands([
    {
      id: 'today.continue',
      title: 'today.continue',
      keys: ['Enter'],
      run: go,
      when: () => next !== undefined,
    },
  ])
  if (!next)
    return (
      <section className="card next-card">
        <div className="grow">
          <div className="next-project">{t('today.allDone')}</div>
          <div className="sub">{t('today.allDoneText')}</div>
        </div>
      </section>
    )
  return (
    <section className="card next-card">
      <div className="grow">
        <div className="sub">{t('today.next')}</div>
        <div className="next-project">
          <span dir="auto">{next.projectName}</span>{' '}
          <span className="tag">{t(`today.stage.${next.stage}`)}</span>
        </div>
        <div className="sub">{text}</div>
      </div>
      <Button
        size="md"
        h={46}
        px={22}
        fz={16}
        onClick={go}
        rightSection={<CommandKey id="today.continue" />}
        className="with-key"
      >
        {t('today.continue')}
      </Button>
    </section>
  )
}
