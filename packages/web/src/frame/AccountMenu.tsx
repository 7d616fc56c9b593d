import { Menu, useMantineColorScheme } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useMe, useSavePreferences } from '../platform/api/index.ts'
import { useT } from '../platform/i18n/index.ts'
import { keepTheme, type ThemeChoice } from '../platform/theme/index.ts'
import { useSignOut } from './use-sign-out.tsx'

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

export function AccountMenu() {
  const t = useT()
  const me = useMe()
  const navigate = useNavigate()
  const setTheme = useSetTheme()
  const signOut = useSignOut('session.signOut')
  return (
    <>
      {signOut.dialog}
      <Menu position="top-start" width={200}>
        <Menu.Target>
          <button
            type="button"
            className="nav-link"
            aria-label={t('frame.menu', { name: me.name })}
          >
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
          <Menu.Item onClick={signOut.start}>{t('frame.signOut')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
