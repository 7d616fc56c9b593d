import { Alert, Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { PasswordField } from '../../parts/index.ts'
import { client, errorText, keepMe } from '../../platform/api/index.ts'
import { useT } from '../../platform/i18n/index.ts'

/** Set a new password by a one-time link; then one is signed in. */
export function NewPasswordForm({ secret }: { readonly secret: string }) {
  const t = useT()
  const navigate = useNavigate()
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<unknown>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setFailure(undefined)
    try {
      keepMe(await client.call('user.setPassword', { params: { secret }, body: { password } }))
      await navigate({ to: '/' })
    } catch (thrown) {
      setFailure(thrown)
    }
  }
  return (
    <form className="stack-tight" onSubmit={(event) => void submit(event)}>
      <PasswordField label={t('password.new')} value={password} onChange={setPassword} />
      {failure !== undefined && (
        <Alert color="red" role="alert" variant="light">
          {errorText(failure, t)}
        </Alert>
      )}
      <Button type="submit" mt={8}>
        {t('password.button')}
      </Button>
    </form>
  )
}
