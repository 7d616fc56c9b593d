import { PasswordInput } from '@mantine/core'
import { useT } from '../platform/i18n/index.ts'
import { passwordStrength } from './password-strength.ts'

type PasswordFieldProps = {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error?: string | undefined
}

/** A new password with advice that helps while it is being made. */
export function PasswordField({ label, value, onChange, error }: PasswordFieldProps) {
  const t = useT()
  const missing = 10 - [...value].length
  const advice =
    value === ''
      ? t('parts.password.advice')
      : missing > 0
        ? t('parts.password.short', { count: missing })
        : t(`parts.password.${passwordStrength(value)}`)
  return (
    <PasswordInput
      label={label}
      description={<span aria-live="polite">{advice}</span>}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete="new-password"
      minLength={10}
      maxLength={200}
      required
      error={error}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    />
  )
}
