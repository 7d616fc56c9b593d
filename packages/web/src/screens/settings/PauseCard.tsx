import type { WireOutput } from '@kasauti/contract'
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Failed, toast } from '../../parts/index.ts'
import { useApiMutation } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

type Project = WireOutput<'project.get'>
const touched = ['project', 'work', 'board'] as const

/** Hand out nothing for now, or again. What people have on the screen they may finish. */
export function PauseCard({ project }: { readonly project: Project }) {
  const { t, format } = useI18n()
  const [reason, setReason] = useState('')
  const pause = useApiMutation('project.pause', touched)
  const resume = useApiMutation('project.resume', touched)
  const params = { projectId: project.projectId }
  const stop = () =>
    pause.mutate(
      { params, body: { reason } },
      { onSuccess: () => toast({ text: t('settings.paused') }) },
    )
  const go = () =>
    resume.mutate({ params }, { onSuccess: () => toast({ text: t('settings.resumed') }) })
  const failure = pause.error ?? resume.error
  return (
    <section className="card stack-tight">
      <div className="line-row">
        <div className="grow">
          <strong>{t(project.paused ? 'settings.pausedTitle' : 'settings.pauseTitle')}</strong>
          <div className="sub small">
            {project.paused ? (
              <>
                {t('settings.pausedSince', { when: format.when(project.paused.at) })}{' '}
                <span dir="auto">{project.paused.reason}</span>
              </>
            ) : (
              t('settings.pauseText')
            )}
          </div>
        </div>
        {project.paused ? (
          <Button onClick={go} loading={resume.isPending}>
            {t('settings.resume')}
          </Button>
        ) : (
          <>
            <TextInput
              aria-label={t('settings.pauseReason')}
              placeholder={t('settings.pauseReason')}
              maxLength={500}
              dir="auto"
              value={reason}
              onChange={(e) => setReason(e.currentTarget.value)}
            />
            <Button variant="default" onClick={stop} loading={pause.isPending}>
              {t('settings.pause')}
            </Button>
          </>
        )}
      </div>
      {failure && <Failed error={failure} />}
    </section>
  )
}
