import type { WireOutput } from '@kasauti/contract'
import { ActionIcon, Button, Menu, Modal, TextInput } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { CopyText, Failed, toast, Waiting } from '../../parts/index.ts'
import { client, errorText, refreshAnswers } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

type User = WireOutput<'user.list'>['rows'][number]

function useUsers(search: string) {
  const query = { limit: 50, ...(search ? { search } : {}) }
  return useInfiniteQuery({
    queryKey: ['user.list', { query }, 'pages'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      client.call('user.list', {
        query: { ...query, ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    getNextPageParam: (page) => page.next,
  })
}

/** Change a person, and offer to change back. */
function useChange() {
  const { t } = useI18n()
  return async function change(
    user: User,
    part: { disabled?: boolean; admin?: boolean },
    back: typeof part,
  ) {
    try {
      await client.call('user.update', { params: { userId: user.userId }, body: part })
      await refreshAnswers(['user'])
      toast({
        text: t('adminPeople.changed', { name: user.name }),
        undo: () => void change(user, back, part),
      })
    } catch (thrown) {
      toast({ text: errorText(thrown, t), tone: 'bad' })
    }
  }
}

function UserMenu({
  user,
  onLink,
}: {
  readonly user: User
  readonly onLink: (link: string) => void
}) {
  const { t } = useI18n()
  const change = useChange()
  const reset = async () => {
    try {
      onLink((await client.call('user.resetPassword', { params: { userId: user.userId } })).link)
    } catch (thrown) {
      toast({ text: errorText(thrown, t), tone: 'bad' })
    }
  }
  const { admin, disabled } = user
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('adminPeople.actionsOf', { name: user.name })}
        >
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void reset()}>{t('adminPeople.passwordLink')}</Menu.Item>
        <Menu.Item onClick={() => void change(user, { admin: !admin }, { admin })}>
          {t(admin ? 'adminPeople.takeAdmin' : 'adminPeople.giveAdmin')}
        </Menu.Item>
        <Menu.Item onClick={() => void change(user, { disabled: !disabled }, { disabled })}>
          {t(disabled ? 'adminPeople.enable' : 'adminPeople.disable')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function Row({ user, onLink }: { readonly user: User; readonly onLink: (link: string) => void }) {
  const { t, format } = useI18n()
  return (
    <tr>
      <td>
        <span dir="auto">{user.name}</span>{' '}
        {user.admin && <span className="tag accent">{t('parts.role.admin')}</span>}{' '}
        {user.disabled && <span className="tag bad">{t('adminPeople.disabled')}</span>}
        <div className="sub small">{user.email}</div>
      </td>
      <td className="small">
        {user.projects.map((p) => (
          <div key={p.projectId}>
            <span dir="auto">{p.name}</span>{' '}
            <span className="sub">
              {format.list(p.roles.map((role) => t(`parts.role.${role}`)))}
            </span>
          </div>
        ))}
      </td>
      <td className="num">
        {user.lastSeenAt ? format.ago(user.lastSeenAt) : t('adminPeople.never')}
      </td>
      <td className="num">
        <UserMenu user={user} onLink={onLink} />
      </td>
    </tr>
  )
}

export function Users() {
  const { t } = useI18n()
  const [search, setSearch] = useState('')
  const [link, setLink] = useState<string>()
  const users = useUsers(search.trim())
  const rows = users.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <section className="card stack-tight">
      <div className="line-row">
        <h2 className="grow">{t('adminPeople.people')}</h2>
        <TextInput
          size="xs"
          aria-label={t('adminPeople.search')}
          placeholder={t('adminPeople.search')}
          value={search}
          onChange={(e) => setSearch(e.currentTarget.value)}
        />
      </div>
      {users.isError && <Failed error={users.error} onRetry={() => void users.refetch()} />}
      {users.isPending ? (
        <Waiting />
      ) : (
        <div className="table-frame">
          <table className="plain">
            <thead>
              <tr>
                <th>{t('adminPeople.name')}</th>
                <th>{t('adminPeople.projects')}</th>
                <th className="num">{t('adminPeople.seen')}</th>
                <th>
                  <span className="offscreen">{t('people.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((user) => (
                <Row key={user.userId} user={user} onLink={setLink} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {users.hasNextPage && (
        <Button variant="subtle" onClick={() => void users.fetchNextPage()}>
          {t('parts.more')}
        </Button>
      )}
      <Modal
        opened={link !== undefined}
        onClose={() => setLink(undefined)}
        title={t('adminPeople.passwordLink')}
        closeButtonProps={{ 'aria-label': t('parts.close') }}
      >
        {link && (
          <CopyText
            label={t('adminPeople.linkLabel')}
            text={new URL(link, window.location.origin).href}
          />
        )}
        <p className="sub small">{t('adminPeople.linkText')}</p>
      </Modal>
    </section>
  )
}
