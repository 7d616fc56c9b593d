import { Button, Group, Modal } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { useT } from '../platform/i18n/index.ts'
import { Failed } from './Answer.tsx'

type FormDialogProps = {
  readonly title: string
  /** What the button that sends says. */
  readonly send: string
  readonly state: 'ready' | 'incomplete' | 'sending'
  readonly error: unknown
  readonly onSend: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A form in a dialog: Enter sends, Escape leaves, what went wrong stands above the buttons. */
export function FormDialog(props: FormDialogProps) {
  const t = useT()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    props.onSend()
  }
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      centered
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <form className="stack" onSubmit={submit}>
        {props.children}
        {props.error !== null && props.error !== undefined && <Failed error={props.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            {t('parts.cancel')}
          </Button>
          <Button
            type="submit"
            loading={props.state === 'sending'}
            disabled={props.state === 'incomplete'}
          >
            {props.send}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
