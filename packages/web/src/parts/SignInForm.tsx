import { Alert, Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { client, errorText, type Me } from '../platform/api/index.ts'
import { useT } from '../platform/i18n/index.ts'

type SignInFormProps = { readonly email?: string; readonly onSignedIn: (me: Me) => void }

/** E-mail and password. */
export function SignInForm({ email: known = '', onSignedIn }: SignInFormProps) {
  const t = useT()
  const [email, setEmail] = useState(known)
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const signIn = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setFailure(undefined)
    try {
      onSignedIn(await client.call('session.signIn', { body: { email, password } }))
    } catch (thrown) {
      setFailure(thrown)
    }
    setBusy(false)
  }
  return (
    <form className="stack-tight" onSubmit={(event) => void signIn(event)}>
      <TextInput
        label={t('signIn.email')}
        type="email"
        autoComplete="username"
        required
        autoFocus={known === ''}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        label={t('signIn.password')}
        autoComplete="current-password"
        required
        autoFocus={known !== ''}
        data-autofocus={known !== '' || undefined}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {failure !== undefined && (
        <Alert color="red" role="alert" variant="light">
          {errorText(failure, t)}
        </Alert>
      )}
      <Button type="submit" loading={busy} mt={8}>
        {t('signIn.button')}
      </Button>
    </form>
  )
}
