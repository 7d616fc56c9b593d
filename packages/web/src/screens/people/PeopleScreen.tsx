import type { WireOutput } from '@kasauti/contract'
import type { ProjectRole } from '@kasauti/core'
import { Button } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { Answer, Page, RolePicker, toast } from '../../parts/index.ts'
import {
  client,
  errorText,
  hasRole,
  refreshAnswers,
  useApi,
  useMe,
} from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { AddPeople } from './AddPeople.tsx'
import { CapsButton } from './CapsButton.tsx'
import { PauseButton } from './PauseButton.tsx'

type Member = WireOutput<'member.list'>['rows'][number]

/** Give roles or take a person out, and offer to take it back. */
function useMemberChanges(projectId: string) {
  const { t } = useI18n()
  const set = async (userId: string, roles: readonly ProjectRole[]) => {
    await client.call('member.set', { params: { projectId, userId }, body: { roles: [...roles] } })
  }
  const tried = async (change: () => Promise<unknown>, done?: () => void) => {
    try {
      await change()
      done?.()
    } catch (thrown) {
      toast({ text: errorText(thrown, t), tone: 'bad' })
    }
    await refreshAnswers(['member', 'session.me'])
  }
  return {
    give: (member: Member, roles: ProjectRole[]) => {
      if (roles.length === 0) return toast({ text: t('people.oneRole'), tone: 'bad' })
      void tried(() => set(member.userId, roles))
    },
    remove: (member: Member) => {
      const undo = () => void tried(() => set(member.userId, member.roles))
      void tried(
        () => client.call('member.remove', { params: { projectId, userId: member.userId } }),
        () => toast({ text: t('people.removed', { name: member.name }), undo }),
      )
    },
  }
}

function Members({
  projectId,
  rows,
}: {
  readonly projectId: string
  readonly rows: readonly Member[]
}) {
  const { t, format } = useI18n()
  const me = useMe()
  const changes = useMemberChanges(projectId)
  const mayChange = hasRole(me, projectId, ['lead', 'manager'])
  return (
    <div className="card table-frame">
      <table className="plain">
        <thead>
          <tr>
            <th>{t('people.name')}</th>
            <th>{t('people.roles')}</th>
            <th className="num">{t('people.since')}</th>
            {mayChange && (
              <th>
                <span className="offscreen">{t('people.actions')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((m) => (
            <tr key={m.userId}>
              <td>
                <span dir="auto">{m.name}</span>{' '}
                {m.disabled && <span className="tag bad">{t('people.disabled')}</span>}
                {m.paused && (
                  <span className="tag warn" title={m.paused.reason}>
                    {t('people.paused')}
                  </span>
                )}
                <div className="sub small">{m.email}</div>
              </td>
              <td>
                {mayChange ? (
                  <RolePicker
                    naming="spoken"
                    label={t('people.rolesOf', { name: m.name })}
                    value={m.roles}
                    onChange={(roles) => changes.give(m, roles)}
                  />
                ) : (
                  format.list(m.roles.map((role) => t(`parts.role.${role}`)))
                )}
              </td>
              <td className="num">{format.date(m.addedAt)}</td>
              {mayChange && (
                <td className="num">
                  <PauseButton projectId={projectId} member={m} />
                  <CapsButton projectId={projectId} member={m} />
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    color="red"
                    onClick={() => changes.remove(m)}
                  >
                    {t('people.remove')}
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Who works on this project and as what. */
export function PeopleScreen() {
  const { t } = useI18n()
  const me = useMe()
  const { projectId } = useParams({ from: '/signed/framed/projects/$projectId/people' })
  const members = useApi('member.list', { params: { projectId } })
  return (
    <Page title={t('people.title')} sub={t('people.sub')}>
      {hasRole(me, projectId, ['lead', 'manager']) && <AddPeople projectId={projectId} />}
      <Answer of={members}>{({ rows }) => <Members projectId={projectId} rows={rows} />}</Answer>
    </Page>
  )
}
