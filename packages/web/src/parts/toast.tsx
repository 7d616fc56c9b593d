import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { i18n } from '../platform/i18n/index.ts'

export type Toast = {
  readonly text: string
  readonly tone?: 'done' | 'bad'
  /** Takes back what was done. */
  readonly undo?: () => void
}

/** Say what was done, and offer to take it back. */
export function toast({ text, tone = 'done', undo }: Toast): void {
  const id = notifications.show({
    message: (
      <Group justify="space-between" wrap="nowrap">
        <span>{text}</span>
        {undo && (
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => {
              notifications.hide(id)
              undo()
            }}
          >
            {i18n().t('parts.undo')}
          </Button>
        )}
      </Group>
    ),
    color: tone === 'bad' ? 'red' : 'accent',
    autoClose: undo || tone === 'bad' ? 12_000 : 5000,
    closeButtonProps: { 'aria-label': i18n().t('parts.close') },
    role: tone === 'bad' ? 'alert' : 'status',
  })
}
