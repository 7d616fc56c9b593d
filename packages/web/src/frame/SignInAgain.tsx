import { Modal } from '@mantine/core'
import { SignInForm } from '../parts/index.ts'
import {
  keepMe,
  queryClient,
  sessionRenewed,
  useMe,
  useSessionState,
} from '../platform/api/index.ts'
import { useT } from '../platform/i18n/index.ts'

/** Stands over the screen when the session ended, so that nothing on it is lost. */
export function SignInAgain() {
  const t = useT()
  const me = useMe()
  const ended = useSessionState() === 'ended'
  return (
    <Modal
      opened={ended}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={t('frame.again.title')}
    >
      <p className="sub">{t('frame.again.text')}</p>
      <SignInForm
        email={me.email}
        onSignedIn={(next) => {
          sessionRenewed()
          // Somebody else on this device: nothing of the former person's may stay.
          if (next.userId !== me.userId) return window.location.assign('/')
          keepMe(next)
          void queryClient.invalidateQueries()
        }}
      />
    </Modal>
  )
}
