import { useMantineColorScheme } from '@mantine/core'
import { Outlet, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useMe } from '../platform/api/index.ts'
import { openEvents } from '../platform/events/index.ts'
import { i18n, showLocale } from '../platform/i18n/index.ts'
import { rebindKeys, useCommands } from '../platform/keys/index.ts'
import { keepTheme } from '../platform/theme/index.ts'
import { openHelp, useHelp } from './help.ts'
import { KeyHelp } from './KeyHelp.tsx'
import { Palette } from './Palette.tsx'
import { SignInAgain } from './SignInAgain.tsx'

/** Bring the page to the person's language, theme and keys. */
function usePreferencesInForce(): void {
  const { preferences } = useMe()
  const { setColorScheme } = useMantineColorScheme()
  const { locale, theme, keys } = preferences
  useEffect(() => {
    if (i18n().locale !== locale) void showLocale(locale)
  }, [locale])
  useEffect(() => {
    setColorScheme(theme)
    keepTheme(theme)
  }, [theme, setColorScheme])
  useEffect(() => rebindKeys(keys ?? {}), [keys])
}

/** What stands around every screen of a signed-in person: events, palette, key help. */
export function Signed() {
  const navigate = useNavigate()
  const help = useHelp()
  usePreferencesInForce()
  useEffect(() => openEvents(), [])
  useCommands(
    [
      {
        id: 'app.palette',
        title: 'frame.command.palette',
        keys: ['Mod+KeyK'],
        run: () => openHelp('palette'),
      },
      {
        id: 'app.keys',
        title: 'frame.command.keys',
        keys: ['Shift+Slash'],
        run: () => openHelp('keys'),
      },
      {
        id: 'app.today',
        title: 'frame.command.today',
        keys: ['Alt+Shift+KeyT'],
        run: () => void navigate({ to: '/' }),
      },
      {
        id: 'app.projects',
        title: 'frame.command.projects',
        keys: ['Alt+Shift+KeyP'],
        run: () => void navigate({ to: '/projects' }),
      },
    ],
    'app',
  )
  return (
    <>
      <Outlet />
      <Palette opened={help === 'palette'} onClose={() => openHelp('none')} />
      <KeyHelp opened={help === 'keys'} onClose={() => openHelp('none')} />
      <SignInAgain />
    </>
  )
}
