import type { Job } from '@kasauti/contract'
import { Progress } from '@mantine/core'
import type { z } from 'zod'
import { useI18n } from '../platform/i18n/index.ts'

type JobWire = z.input<typeof Job>
type JobProgressProps = Pick<JobWire, 'progress' | 'state'>

function useProgressText({ progress, state }: JobProgressProps): string {
  const { t, format } = useI18n()
  const inUnit = progress.unit === 'bytes' ? format.bytes : format.number
  const values = { done: inUnit(progress.done), total: inUnit(progress.total ?? progress.done) }
  const kind =
    progress.unit === 'bytes' ? 'bytes' : progress.total === undefined ? 'itemsOnly' : 'items'
  const parts = [t(`parts.job.${state}`)]
  if (state === 'queued') return parts.join('')
  parts.push(t(`parts.progress.${kind}`, values))
  if (state === 'running' && progress.ratePerSecond)
    parts.push(
      t(`parts.progress.rate.${progress.unit === 'bytes' ? 'bytes' : 'items'}`, {
        rate: inUnit(Math.round(progress.ratePerSecond)),
      }),
    )
  if (state === 'running' && progress.secondsLeft !== undefined)
    parts.push(t('parts.progress.left', { duration: format.duration(progress.secondsLeft * 1000) }))
  return parts.join(' · ')
}

/** A job's bar, rate and estimate. */
export function JobProgress({ progress, state }: JobProgressProps) {
  const { t } = useI18n()
  const text = useProgressText({ progress, state })
  const share = progress.total ? (100 * progress.done) / progress.total : state === 'done' ? 100 : 0
  return (
    <div className="stack-tight job-progress">
      <Progress
        value={share}
        size={8}
        aria-label={t('parts.progress.label')}
        color={state === 'failed' ? 'red' : 'accent'}
        animated={state === 'running'}
      />
      <div className="sub small" aria-live="polite">
        {text}
      </div>
    </div>
  )
}
