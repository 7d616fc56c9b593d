import { Button } from '@mantine/core'
import { useT } from '../platform/i18n/index.ts'
import { CommandKey } from '../platform/keys/index.ts'
import { openHelp } from './help.ts'
import { NotificationBell } from './NotificationBell.tsx'

/** Palette and bell, at the head of the home screens. */
export function HeadTools() {
  const t = useT()
  return (
    <>
      <Button
        variant="default"
        h={36}
        onClick={() => openHelp('palette')}
        rightSection={<CommandKey id="app.palette" />}
      >
        {t('frame.find')}
      </Button>
      <NotificationBell />
    </>
  )
}
