import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useSetTheme } from '../../frame/index.ts'
import { Failed, Page, toast } from '../../parts/index.ts'
import { keepMe, useApiMutation, useMe, useSavePreferences } from '../../platform/api/index.ts'
import { showLocale, useI18n } from '../../platform/i18n/index.ts'
import { type Density, density, setDensity } from '../../platform/theme/index.ts'
import { KeysForm } from './KeysForm.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { Sessions } from './Sessions.tsx'
import { Tokens } from './Tokens.tsx'
import { WorkingHours } from './WorkingHours.tsx'

const languages = [
  { value: 'en', label: 'English' },
  { value: 'hi', label: 'हिन्दी' },
]

const themes = ['light', 'dark', 'auto'] as const
const densities = ['calm', 'dense'] as const

function NameForm() {
  const { t } = useI18n()
  const me = useMe()
  const [name, setName] = useState(me.name)
  const update = useApiMutation('session.updateMe')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    update.mutate(
      { body: { name } },
      {
        onSuccess: (next) => {
          keepMe(next)
          toast({ text: t('parts.saved') })
        },
      },
    )
  }
  return (
    <section className="card stack-tight">
      <h2>{t('account.who')}</h2>
      <form className="stack-tight" onSubmit={submit}>
        <TextInput
          label={t('account.name')}
          required
          maxLength={100}
          dir="auto"
          value={name}
          onChange={(e) => setName(e.currentTarget.value)}
        />
        <TextInput label={t('signIn.email')} value={me.email} readOnly />
        {update.isError && <Failed error={update.error} />}
        <div>
          <Button
            type="submit"
            variant="default"
            loading={update.isPending}
            disabled={name === me.name}
          >
            {t('parts.save')}
          </Button>
        </div>
      </form>
    </section>
  )
}

function Choice({
  label,
  value,
  data,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly data: { value: string; label: string }[]
  readonly onChange: (value: string) => void
}) {
  return (
    <div className="line-row">
      <span className="choice-label">{label}</span>
      <SegmentedControl aria-label={label} value={value} data={data} onChange={onChange} />
    </div>
  )
}

function Appearance() {
  const { t, locale } = useI18n()
  const me = useMe()
  const save = useSavePreferences()
  const setTheme = useSetTheme()
  const [dense, setDense] = useState<Density>(density())
  const language = (next: string) => {
    const to = next === 'hi' ? 'hi' : 'en'
    void showLocale(to)
    void save({ locale: to }).catch(() => undefined)
  }
  return (
    <section className="card stack-tight">
      <h2>{t('account.appearance')}</h2>
      <Choice label={t('parts.language')} value={locale} data={languages} onChange={language} />
      <Choice
        label={t('account.theme')}
        value={me.preferences.theme}
        data={themes.map((value) => ({ value, label: t(`frame.theme.${value}`) }))}
        onChange={(next) => setTheme(next === 'light' || next === 'dark' ? next : 'auto')}
      />
      <Choice
        label={t('account.density')}
        value={dense}
        data={densities.map((value) => ({ value, label: t(`account.density.${value}`) }))}
        onChange={(next) => {
          const chosen = next === 'dense' ? 'dense' : 'calm'
          setDensity(chosen)
          setDense(chosen)
        }}
      />
    </section>
  )
}

/** What concerns only me. */
export function AccountScreen() {
  const { t } = useI18n()
  return (
    <Page title={t('account.title')}>
      <div className="columns">
        <div className="stack">
          <NameForm />
          <Appearance />
          <WorkingHours />
          <PasswordForm />
        </div>
        <div className="stack">
          <Sessions />
          <Tokens />
          <KeysForm />
        </div>
      </div>
    </Page>
  )
}
