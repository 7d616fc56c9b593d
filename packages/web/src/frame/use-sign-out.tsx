import { Button, Group, Modal } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { toast } from '../parts/index.ts'
import { client, errorText, queryClient, useMe } from '../platform/api/index.ts'
import { useI18n } from '../platform/i18n/index.ts'

type Ending = 'session.signOut' | 'session.signOutEverywhere'
type SignOut = { readonly start: () => void; readonly dialog: ReactNode }

/**
 * End the session: what this browser holds of unsent work is sent first. If that fails, the person
 * chooses; the traces go only once the server ended the session. `dialog` is to be rendered.
 */
export function useSignOut(ending: Ending): SignOut {
  const { t, format } = useI18n()
  const { userId } = useMe()
  const navigate = useNavigate()
  const [unsent, setUnsent] = useState(0)
  const end = async () => {
    setUnsent(0)
    const { clearTraces } = await import('../workbench/index.ts')
    await client.call(ending)
    queryClient.clear()
    await clearTraces(userId)
    await navigate({ to: '/sign-in', search: { to: undefined } })
  }
  const failed = (thrown: unknown) => {
    toast({ text: errorText(thrown, t), tone: 'bad' })
  }
  const start = async () => {
    const { sendEverything } = await import('../workbench/index.ts')
    const left = await sendEverything(userId)
    if (left > 0) setUnsent(left)
    else await end()
  }
  return {
    start: () => void start().catch(failed),
    dialog: (
      <Modal
        opened={unsent > 0}
        onClose={() => setUnsent(0)}
        title={t('frame.unsent.title')}
        centered
        withCloseButton={false}
      >
        <p>{t('frame.unsent.text', { count: unsent, number: format.number(unsent) })}</p>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => void end().catch(failed)}>
            {t('frame.unsent.drop')}
          </Button>
          <Button data-autofocus onClick={() => setUnsent(0)}>
            {t('frame.unsent.stay')}
          </Button>
        </Group>
      </Modal>
    ),
  }
}
