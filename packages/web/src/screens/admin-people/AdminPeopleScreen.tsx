import { Page } from '../../parts/index.ts'
import { useT } from '../../platform/i18n/index.ts'
import { Invitations } from './Invitations.tsx'
import { Users } from './Users.tsx'

/** Everybody in the installation, and who is invited. */
export function AdminPeopleScreen() {
  const t = useT()
  return (
    <Page title={t('adminPeople.title')}>
      <Users />
      <Invitations />
    </Page>
  )
}
