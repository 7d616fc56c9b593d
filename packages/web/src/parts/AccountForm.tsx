import type { Locale } from '@kasauti/core'
import { Alert, Button, SegmentedControl, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { ApiError, errorText, type Me } from '../platform/api/index.ts'
import { showLocale, useI18n } from '../platform/i18n/index.ts'
import { PasswordField } from './PasswordField.tsx'

type NewAccount = {
  readonly email: string
  readonly name: string
  readonly password: string
  readonly locale: Locale
}
type AccountFormProps = {
  readonly button: string
  readonly known?: { readonly email?: string | undefined; readonly name?: string | undefined }
  readonly make: (account: NewAccount) => Promise<Me>
  readonly onMade: (me: Me) => void
}

const languages = [
  { value: 'en', label: 'English' },
  { value: 'hi', label: 'हिन्दी' },
]

/** Language, name, e-mail and password of somebody new. */
export function AccountForm({ button, known = {}, make, onMade }: AccountFormProps) {
  const { t, locale } = useI18n()
  const [name, setName] = useState(known.name ?? '')
  const [email, setEmail] = useState(known.email ?? '')
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const weak = failure instanceof ApiError && failure.code === 'user/weak-password'
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setFailure(undefined)
    try {
      onMade(await make({ name, email, password, locale }))
    } catch (thrown) {
      setFailure(thrown)
    }
    setBusy(false)
  }
  return (
    <form className="stack-tight" onSubmit={(event) => void submit(event)}>
      <SegmentedControl
        data={languages}
        value={locale}
        onChange={(next) => void showLocale(next === 'hi' ? 'hi' : 'en')}
        aria-label={t('parts.language')}
      />
      <TextInput
        label={t('account.name')}
        autoComplete="name"
        required
        maxLength={100}
        dir="auto"
        value={name}
        onChange={(e) => setName(e.currentTarget.value)}
      />
      <TextInput
        label={t('signIn.email')}
        type="email"
        autoComplete="username"
        required
        value={email}
        readOnly={known.email !== undefined}
        onChange={(e) => setEmail(e.currentTarget.value)}
      />
      <PasswordField
        label={t('signIn.password')}
        value={password}
        onChange={setPassword}
        error={weak ? errorText(failure, t) : undefined}
      />
      {failure !== undefined && !weak && (
        <Alert color="red" role="alert" variant="light">
          {errorText(failure, t)}
        </Alert>
      )}
      <Button type="submit" loading={busy} mt={8}>
        {button}
      </Button>
    </form>
  )
}
