import { useNavigate, useParams } from '@tanstack/react-router'
import { Outside } from '../../frame/index.ts'
import { AccountForm, Answer } from '../../parts/index.ts'
import { client, keepMe, useApi } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

/** Accept an invitation: make the account and be signed in. */
export function InvitationScreen() {
  const { t, format } = useI18n()
  const navigate = useNavigate()
  const { secret } = useParams({ from: '/invite/$secret' })
  const offer = useApi('invitation.show', { params: { secret } })
  return (
    <Outside title={t('invitation.title')}>
      <Answer of={offer}>
        {({ email, name, invitedBy, projects }) => (
          <>
            <p>
              {projects.length > 0
                ? t('invitation.toProjects', { who: invitedBy, projects: format.list(projects) })
                : t('invitation.toHouse', { who: invitedBy })}
            </p>
            <AccountForm
              button={t('invitation.button')}
              known={{ email, name }}
              make={(body) => client.call('invitation.accept', { params: { secret }, body })}
              onMade={(me) => {
                keepMe(me)
                void navigate({ to: '/' })
              }}
            />
          </>
        )}
      </Answer>
    </Outside>
  )
}
