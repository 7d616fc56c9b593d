import type { WireOutput } from '@kasauti/contract'
import { Button, Checkbox, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Answer, CopyText, Failed } from '../../parts/index.ts'
import { useApi, useApiMutation } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

type Invitation = WireOutput<'invitation.list'>['rows'][number]

function NewInvitation() {
  const { t, format } = useI18n()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [admin, setAdmin] = useState(false)
  const create = useApiMutation('invitation.create', ['invitation'])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate({
      body: {
        admin,
        ...(name.trim() ? { name: name.trim() } : {}),
        ...(email.trim() ? { email: email.trim() } : {}),
      },
    })
  }
  return (
    <>
      <form className="line-row options-row" onSubmit={submit}>
        <TextInput
          size="xs"
          label={t('people.nameOptional')}
          dir="auto"
          value={name}
          onChange={(e) => setName(e.currentTarget.value)}
        />
        <TextInput
          size="xs"
          type="email"
          label={t('adminPeople.emailOptional')}
          value={email}
          onChange={(e) => setEmail(e.currentTarget.value)}
        />
        <Checkbox
          className="option-check"
          label={t('adminPeople.asAdmin')}
          checked={admin}
          onChange={(e) => setAdmin(e.currentTarget.checked)}
        />
        <Button size="xs" type="submit" variant="default" loading={create.isPending}>
          {t('people.makeLink')}
        </Button>
      </form>
      {create.isError && <Failed error={create.error} />}
      {create.data && (
        <>
          <CopyText
            label={t('people.link')}
            text={new URL(create.data.link, window.location.origin).href}
          />
          <p className="sub small">
            {t('people.linkText', { when: format.dateTime(create.data.invitation.expiresAt) })}
          </p>
        </>
      )}
    </>
  )
}

function Row({ invitation }: { readonly invitation: Invitation }) {
  const { t, format } = useI18n()
  const revoke = useApiMutation('invitation.revoke', ['invitation'])
  const { invitationId, state } = invitation
  return (
    <tr>
      <td>
        <span dir="auto">{invitation.name ?? invitation.email ?? t('adminPeople.anybody')}</span>{' '}
        {invitation.admin && <span className="tag accent">{t('parts.role.admin')}</span>}
      </td>
      <td className="small" dir="auto">
        {format.list(invitation.grants.map((g) => g.projectName))}
      </td>
      <td>
        <span className={state === 'open' ? 'tag accent' : 'tag'}>
          {t(`adminPeople.invitation.${state}`)}
        </span>
      </td>
      <td className="sub small" dir="auto">
        {t('adminPeople.invitedBy', {
          who: invitation.invitedBy,
          when: format.when(invitation.createdAt),
        })}
      </td>
      <td className="num">{format.date(invitation.expiresAt)}</td>
      <td className="num">
        {state === 'open' && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            onClick={() => revoke.mutate({ params: { invitationId } })}
          >
            {t('adminPeople.revoke')}
          </Button>
        )}
      </td>
    </tr>
  )
}

export function Invitations() {
  const { t } = useI18n()
  const invitations = useApi('invitation.list', { query: { limit: 100 } })
  return (
    <section className="card stack-tight">
      <h2>{t('adminPeople.invitations')}</h2>
      <p className="sub small">{t('adminPeople.invitationsText')}</p>
      <NewInvitation />
      <Answer of={invitations} lines={2}>
        {({ rows }) =>
          rows.length > 0 && (
            <div className="table-frame">
              <table className="plain">
                <thead>
                  <tr>
                    <th>{t('adminPeople.name')}</th>
                    <th>{t('adminPeople.projects')}</th>
                    <th>{t('adminPeople.state')}</th>
                    <th>{t('adminPeople.by')}</th>
                    <th className="num">{t('adminPeople.until')}</th>
                    <th>
                      <span className="offscreen">{t('people.actions')}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((invitation) => (
                    <Row key={invitation.invitationId} invitation={invitation} />
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Answer>
    </section>
  )
}
