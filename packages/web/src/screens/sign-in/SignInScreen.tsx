import { useNavigate, useSearch } from '@tanstack/react-router'
import { Outside } from '../../frame/index.ts'
import { SignInForm } from '../../parts/index.ts'
import { keepMe, sessionRenewed } from '../../platform/api/index.ts'
import { useT } from '../../platform/i18n/index.ts'

/** Sign in, then go where one wanted to go. */
export function SignInScreen() {
  const t = useT()
  const navigate = useNavigate()
  const { to } = useSearch({ from: '/sign-in' })
  return (
    <Outside title={t('signIn.title')}>
      <SignInForm
        onSignedIn={(me) => {
          sessionRenewed()
          keepMe(me)
          void navigate({ href: to ?? '/', replace: true })
        }}
      />
      <p className="sub small">{t('signIn.help')}</p>
    </Outside>
  )
}
