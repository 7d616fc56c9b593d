import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Outside } from '../../frame/index.ts'
import { AccountForm, Answer } from '../../parts/index.ts'
import { client, keepMe, useApi } from '../../platform/api/index.ts'
import { useT } from '../../platform/i18n/index.ts'
import { NewPasswordForm } from '../password/NewPasswordForm.tsx'
import { FirstProjects } from './FirstProjects.tsx'

/** The first admin, then the first project. */
export function SetupScreen() {
  const t = useT()
  const { secret } = useParams({ from: '/setup/$secret' })
  const [step, setStep] = useState<'account' | 'projects'>('account')
  const info = useApi('session.setupInfo', { params: { secret } }, { enabled: step === 'account' })
  if (step === 'projects')
    return (
      <Outside title={t('setup.projectsTitle')} sub={t('setup.projectsSub')} width="wide">
        <FirstProjects />
      </Outside>
    )
  return (
    <Outside title={t('setup.title')} sub={t('setup.sub')}>
      <Answer of={info}>
        {({ purpose }) =>
          purpose === 'password-reset' ? (
            <NewPasswordForm secret={secret} />
          ) : (
            <AccountForm
              button={t('setup.button')}
              make={(body) => client.call('session.setup', { params: { secret }, body })}
              onMade={(me) => {
                keepMe(me)
                setStep('projects')
              }}
            />
          )
        }
      </Answer>
    </Outside>
  )
}
