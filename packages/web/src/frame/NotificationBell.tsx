import type { Notification } from '@kasauti/contract'
import { ActionIcon, Button, Popover } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { Answer } from '../parts/index.ts'
import { useApi, useApiMutation } from '../platform/api/index.ts'
import { useI18n } from '../platform/i18n/index.ts'

type Note = z.input<typeof Notification>

function NoteLink({ note, onOpen }: { readonly note: Note; readonly onOpen: () => void }) {
  const { t, format } = useI18n()
  const navigate = useNavigate()
  const values = {
    item: '',
    name: '',
    ...note.params,
    ...(note.kind === 'member-added' ? { name: note.projectName ?? '' } : {}),
  }
  return (
    <a
      className={note.read ? 'note' : 'note unread'}
      href={note.href}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey) return
        event.preventDefault()
        onOpen()
        void navigate({ href: note.href })
      }}
    >
      <span dir="auto">{t(`frame.note.${note.kind}`, values)}</span>
      <div className="sub small">
        {note.projectName && <span dir="auto">{note.projectName}</span>} · {format.ago(note.at)}
      </div>
    </a>
  )
}

/** The bell: how many are new, and the list. */
export function NotificationBell() {
  const { t, format } = useI18n()
  const [opened, setOpened] = useState(false)
  const notes = useApi('notification.list', { query: { limit: 30 } })
  const read = useApiMutation('notification.read', ['notification'])
  const unread = notes.data?.unread ?? 0
  const open = (note: Note) => {
    setOpened(false)
    if (!note.read) read.mutate({ body: { ids: [note.notificationId] } })
  }
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <ActionIcon
          className="bell"
          variant="default"
          size={36}
          aria-label={t('frame.unread', { count: unread })}
          onClick={() => setOpened((o) => !o)}
        >
          <IconBell size={18} stroke={1.7} />
          {unread > 0 && <span className="dot">{unread > 99 ? '99+' : format.number(unread)}</span>}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={6} aria-label={t('frame.notifications')}>
        <div className="notes">
          <Answer of={notes} lines={3}>
            {({ rows }) =>
              rows.length === 0 ? (
                <p className="sub note">{t('frame.noNotifications')}</p>
              ) : (
                rows.map((note) => (
                  <NoteLink key={note.notificationId} note={note} onOpen={() => open(note)} />
                ))
              )
            }
          </Answer>
        </div>
        {unread > 0 && (
          <Button
            size="compact-sm"
            variant="subtle"
            fullWidth
            onClick={() => read.mutate({ body: {} })}
          >
            {t('frame.markAllRead')}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
