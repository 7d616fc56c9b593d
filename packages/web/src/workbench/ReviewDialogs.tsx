// biome-ignore-all lint/a11y/useSemanticElements: buttons with radio roles keep digits and arrows ours
import { Button, Group, Modal, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useI18n } from '../platform/i18n/index.ts'
import { Kbd, useCommands } from '../platform/keys/index.ts'
import { type Severity, severities } from './marks.ts'
import type { Mark } from './session.ts'

/** What is to be changed: the note its reader will get with the marks. `fail`: of an audit. */
export function ReturnDialog(props: {
  readonly kind: 'return' | 'fail'
  /** The notes of the marks, to begin with. */
  readonly begin: string
  readonly marks: number
  readonly onClose: () => void
  readonly onReturn: (note: string) => void
}) {
  const { t } = useI18n()
  const [note, setNote] = useState(props.begin)
  const send = () => {
    if (note.trim() !== '') props.onReturn(note.trim())
  }
  useCommands(
    [
      {
        id: 'workbench.return.send',
        title: `workbench.${props.kind}.send`,
        keys: ['Mod+Enter'],
        palette: 'skip',
        run: send,
      },
    ],
    'dialog',
  )
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t(`workbench.${props.kind}.title`)}
      centered
      closeButtonProps={{ 'aria-label': t('workbench.close') }}
    >
      <Textarea
        data-autofocus
        label={t(`workbench.${props.kind}.note`)}
        description={
          props.marks > 0 ? t('workbench.return.marks', { count: props.marks }) : undefined
        }
        dir="auto"
        autosize
        minRows={3}
        maxRows={12}
        maxLength={4000}
        value={note}
        onChange={(e) => setNote(e.currentTarget.value)}
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={props.onClose}>
          {t('workbench.cancel')}
        </Button>
        <Button
          disabled={note.trim() === ''}
          onClick={send}
          rightSection={<Kbd chord="Mod+Enter" />}
        >
          {t(`workbench.${props.kind}.send`)}
        </Button>
      </Group>
    </Modal>
  )
}

/** A mark on one place: what is wrong there and how bad it is. */
export function MarkDialog(props: {
  readonly place: string
  readonly mark: Mark | undefined
  readonly onClose: () => void
  readonly onPut: (mark: { readonly note: string; readonly severity: Severity }) => void
  readonly onTakeOff: () => void
}) {
  const { t } = useI18n()
  const [note, setNote] = useState(props.mark?.note ?? '')
  const [severity, setSeverity] = useState<Severity>(props.mark?.severity ?? 'major')
  const put = () => {
    if (note.trim() !== '') props.onPut({ note: note.trim(), severity })
  }
  useCommands(
    [
      ...severities.map((s, i) => ({
        id: `workbench.mark.${s}`,
        title: `workbench.mark.${s}`,
        keys: [`Alt+Digit${i + 1}`],
        palette: 'skip' as const,
        run: () => setSeverity(s),
      })),
      {
        id: 'workbench.mark.send',
        title: 'workbench.mark.send',
        keys: ['Mod+Enter'],
        palette: 'skip' as const,
        run: put,
      },
    ],
    'dialog',
  )
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={<span dir="auto">{t('workbench.mark.title', { place: props.place })}</span>}
      centered
      closeButtonProps={{ 'aria-label': t('workbench.close') }}
    >
      <Textarea
        data-autofocus
        label={t('workbench.mark.note')}
        dir="auto"
        autosize
        minRows={2}
        maxRows={10}
        maxLength={1000}
        value={note}
        onChange={(e) => setNote(e.currentTarget.value)}
      />
      <div className="wb-severities" role="radiogroup" aria-label={t('workbench.mark.severity')}>
        {severities.map((s, i) => (
          <button
            key={s}
            type="button"
            role="radio"
            aria-checked={severity === s}
            className="kb-option"
            onClick={() => setSeverity(s)}
          >
            <span className="kb-option-mark" data-single="true" aria-hidden="true" />
            <span className="kb-option-text">
              {t(`workbench.mark.${s}`)}
              <small className="kb-help">{t(`workbench.mark.help.${s}`)}</small>
            </span>
            <Kbd chord={`Alt+Digit${i + 1}`} />
          </button>
        ))}
      </div>
      <Group justify="flex-end" mt="md">
        {props.mark && (
          <Button variant="subtle" color="red" onClick={props.onTakeOff}>
            {t('workbench.mark.takeOff')}
          </Button>
        )}
        <Button variant="default" onClick={props.onClose}>
          {t('workbench.cancel')}
        </Button>
        <Button
          disabled={note.trim() === ''}
          onClick={put}
          rightSection={<Kbd chord="Mod+Enter" />}
        >
          {t('workbench.mark.send')}
        </Button>
      </Group>
    </Modal>
  )
}
