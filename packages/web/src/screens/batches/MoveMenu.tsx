import { ActionIcon, Button, Menu } from '@mantine/core'
import { useT } from '../../platform/i18n/index.ts'
import { type Batch, nameOf } from './batch.ts'
import type { Mover } from './use-move.ts'

type MoveMenuProps = {
  readonly batch: Batch
  readonly mover: Mover
  readonly look: 'small' | 'button'
}

/** The ways a batch may go, for keyboard and mouse. */
export function MoveMenu({ batch, mover, look }: MoveMenuProps) {
  const t = useT()
  const label = t('batches.moveOf', { name: nameOf(batch, t) })
  if (batch.ways.length === 0) return null
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        {look === 'small' ? (
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label}>
            <span aria-hidden="true">⋯</span>
          </ActionIcon>
        ) : (
          <Button variant="default" loading={mover.pending}>
            {t('batches.move')}
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        {batch.ways.map((to) => (
          <Menu.Item key={to} onClick={() => mover.move(batch, to)}>
            {t(`batches.way.${to}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
