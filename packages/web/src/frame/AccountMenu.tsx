import { Menu, useMantineColorScheme } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { client, queryClient, useMe, useSavePreferences } from '../platform/api/index.ts'
import { useT } from '../platform/i18n/index.ts'
import { keepTheme, type ThemeChoice } from '../platform/theme/index.ts'

const choices = ['light', 'dark', 'auto'] as const

/** Set the theme at once and keep it in the preferences. */
export function useSetTheme(): (theme: ThemeChoice) => void {
  const { setColorScheme } = useMantineColorScheme()
  const save = useSavePreferences()
  return (theme) => {
    setColorScheme(theme)
    keepTheme(theme)
    void save({ theme }).catch(() => undefined)
  }
}

/** End this session and forget every answer it brought. */
function useSignOut(): () => Promise<void> {
  const navigate = useNavigate()
  return async () => {
    await client.call('session.signOut')
    queryClient.clear()
    await import('../workbench/index.ts').then((bench) => bench.clearJournal())
    await navigate({ to: '/sign-in', search: { to: undefined } })
  }
}

export function AccountMenu() {
  const t = useT()
  const me = useMe()
  const navigate = useNavigate()
  const setTheme = useSetTheme()
  const signOut = useSignOut()
  return (
    <Menu position="top-start" width={200}>
      <Menu.Target>
        <button type="button" className="nav-link" aria-label={t('frame.menu', { name: me.name })}>
          <span className="clip" dir="auto">
            {me.name}
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void navigate({ to: '/account' })}>
          {t('frame.account')}
        </Menu.Item>
        <Menu.Divider />
        {choices.map((theme) => (
          <Menu.Item
            key={theme}
            onClick={() => setTheme(theme)}
            aria-current={me.preferences.theme === theme}
          >
            {t(`frame.theme.${theme}`)}
            {me.preferences.theme === theme && ' ✓'}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void signOut()}>{t('frame.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
