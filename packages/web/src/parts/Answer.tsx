import { Button, Skeleton } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { errorText } from '../platform/api/index.ts'
import { useT } from '../platform/i18n/index.ts'

/** Grey lines in place of what is being fetched. */
export function Waiting({ lines = 5 }: { readonly lines?: number }) {
  const t = useT()
  return (
    <div className="stack-tight" role="status" aria-label={t('parts.loading')}>
      {Array.from({ length: lines }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity
        <Skeleton key={i} height={16} width={`${92 - ((i * 17) % 40)}%`} />
      ))}
    </div>
  )
}

/** What went wrong and a way to try again. */
export function Failed({
  error,
  onRetry,
}: {
  readonly error: unknown
  readonly onRetry?: () => void
}) {
  const t = useT()
  return (
    <div className="card failed" role="alert">
      <p>{errorText(error, t)}</p>
      {onRetry && (
        <Button variant="default" onClick={onRetry}>
          {t('parts.retry')}
        </Button>
      )}
    </div>
  )
}

/** What will stand here one day, and the first step to it. */
export function Empty({
  title,
  text,
  action,
}: {
  readonly title: string
  readonly text?: string
  readonly action?: ReactNode
}) {
  return (
    <div className="card empty">
      <strong>{title}</strong>
      {text && <p className="sub">{text}</p>}
      {action}
    </div>
  )
}

type AnswerProps<T> = {
  readonly of: UseQueryResult<T, Error>
  readonly lines?: number
  readonly children: (answer: T) => ReactNode
}
/** An answer of the server in its three states: awaited, failed, there. */
export function Answer<T>({ of, lines, children }: AnswerProps<T>) {
  if (of.data !== undefined) return <>{children(of.data)}</>
  if (of.isError) return <Failed error={of.error} onRetry={() => void of.refetch()} />
  return lines === undefined ? <Waiting /> : <Waiting lines={lines} />
}
