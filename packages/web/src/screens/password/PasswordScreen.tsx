import { useParams } from '@tanstack/react-router'
import { Outside } from '../../frame/index.ts'
import { Answer } from '../../parts/index.ts'
import { useApi } from '../../platform/api/index.ts'
import { useT } from '../../platform/i18n/index.ts'
import { NewPasswordForm } from './NewPasswordForm.tsx'

/** Where a one-time password link leads. */
export function PasswordScreen() {
  const t = useT()
  const { secret } = useParams({ from: '/password/$secret' })
  const info = useApi('session.setupInfo', { params: { secret } })
  return (
    <Outside title={t('password.title')} sub={t('password.sub')}>
      <Answer of={info}>{() => <NewPasswordForm secret={secret} />}</Answer>
    </Outside>
  )
}
