import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { Empty } from '../../parts/index.ts'
import type { Me } from '../../platform/api/index.ts'
import { useT } from '../../platform/i18n/index.ts'

/** The first day: no project yet. */
export function Start({ me }: { readonly me: Me }) {
  const t = useT()
  const navigate = useNavigate()
  if (!me.mayCreateProjects)
    return <Empty title={t('today.noProject')} text={t('today.noProjectText')} />
  return (
    <Empty
      title={t('today.firstProject')}
      text={t('today.firstProjectText')}
      action={
        <Button onClick={() => void navigate({ to: '/projects/new' })}>
          {t('today.makeProject')}
        </Button>
      }
    />
  )
}
