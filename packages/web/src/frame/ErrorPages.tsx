import { ApiError } from '@kasauti/contract/client'
import { Button } from '@mantine/core'
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Page } from '../parts/index.ts'
import { errorText } from '../platform/api/index.ts'
import { useT } from '../platform/i18n/index.ts'
import { NotAllowed } from './guard.ts'

function Message({
  title,
  text,
  action,
}: {
  readonly title: string
  readonly text: string
  readonly action?: ReactNode
}) {
  const t = useT()
  return (
    <Page title={title}>
      <p>{text}</p>
      <div className="line-row">
        {action}
        <Link to="/">{t('frame.goToday')}</Link>
      </div>
    </Page>
  )
}

export function NotFound() {
  const t = useT()
  return <Message title={t('frame.notFound')} text={t('frame.notFoundText')} />
}

function Forbidden() {
  const t = useT()
  return <Message title={t('frame.forbidden')} text={t('frame.forbiddenText')} />
}

/** A screen that threw. What the server refused is said in its own words. */
export function Crashed({ error, reset }: ErrorComponentProps) {
  const t = useT()
  const router = useRouter()
  const again = () => {
    reset()
    void router.invalidate()
  }
  if (error instanceof NotAllowed) return <Forbidden />
  return (
    <Message
      title={t('frame.crashed')}
      text={error instanceof ApiError ? errorText(error, t) : t('frame.crashedText')}
      action={<Button onClick={again}>{t('frame.reload')}</Button>}
    />
  )
}
