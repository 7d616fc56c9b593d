import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Failed, PasswordField, toast } from '../../parts/index.ts'
import { useApiMutation } from '../../platform/api/index.ts'
import { useT } from '../../platform/i18n/index.ts'

/** Change the password; the other sessions end. */
export function PasswordForm() {
  const t = useT()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const change = useApiMutation('session.changePassword', ['session.list'])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate(
      { body: { current, password } },
      {
        onSuccess: () => {
          setCurrent('')
          setPassword('')
          toast({ text: t('account.passwordChanged') })
        },
      },
    )
  }
  return (
    <section className="card stack-tight">
      <h2>{t('account.password')}</h2>
      <form className="stack-tight" onSubmit={submit}>
        <PasswordInput
          label={t('account.currentPassword')}
          autoComplete="current-password"
          required
          value={current}
          onChange={(e) => setCurrent(e.currentTarget.value)}
        />
        <PasswordField label={t('password.new')} value={password} onChange={setPassword} />
        {change.isError && <Failed error={change.error} />}
        <div>
          <Button type="submit" variant="default" loading={change.isPending}>
            {t('account.changePassword')}
          </Button>
        </div>
      </form>
    </section>
  )
}
