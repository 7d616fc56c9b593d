// biome-ignore-all lint/a11y/useSemanticElements: buttons with radio roles keep digits and arrows ours
import type { FieldSpec } from '@kasauti/catalog'
import { languageOf, Markdown } from '@kasauti/catalog/browser'
import { type Locale, type LocalText, localText } from '@kasauti/core'
import { Button, Drawer, Group, Modal, Textarea } from '@mantine/core'
import { useState } from 'react'
import { Answer, VerdictAppeal } from '../parts/index.ts'
import { useApi } from '../platform/api/index.ts'
import { useI18n } from '../platform/i18n/index.ts'
import { Kbd, useChord, useCommands } from '../platform/keys/index.ts'
import type { Answers } from './answers.ts'
import { contextOf, type Kit } from './kit.ts'
import { Receipts } from './Receipts.tsx'
import type { Receipt, Stage } from './session.ts'
import { answerWords } from './words.ts'

type Reason = {
  readonly id: string
  readonly title: LocalText
  readonly consequence?: 'me-later' | 'others' | 'out' | undefined
}

/** Why the item is skipped: a digit chooses, Enter skips; a note may be added. */
export function SkipDialog(props: {
  readonly reasons: readonly Reason[]
  readonly onClose: () => void
  readonly onSkip: (reason: string, note: string) => void
}) {
  const { t, locale } = useI18n()
  const [reason, setReason] = useState<string>()
  const [note, setNote] = useState('')
  const skip = () => {
    if (reason !== undefined) props.onSkip(reason, note)
  }
  useCommands(
    [
      ...props.reasons.slice(0, 9).map((r, i) => ({
        id: `workbench.skip.${r.id}`,
        title: 'workbench.skip.choose',
        values: { reason: localText(r.title, locale) },
        keys: [`Digit${i + 1}`],
        palette: 'skip' as const,
        run: () => setReason(r.id),
      })),
      {
        id: 'workbench.skip.send',
        title: 'workbench.skip.send',
        keys: ['Mod+Enter'],
        palette: 'skip' as const,
        run: skip,
      },
    ],
    'dialog',
  )
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t('workbench.skip.title')}
      centered
      closeButtonProps={{ 'aria-label': t('workbench.close') }}
    >
      <form
        onSubmit={(e) => {
          e.preventDefault()
          skip()
        }}
      >
        <div className="wb-reasons" role="radiogroup" aria-label={t('workbench.skip.title')}>
          {props.reasons.map((r, i) => (
            <button
              key={r.id}
              type="button"
              role="radio"
              aria-checked={reason === r.id}
              className="kb-option"
              data-autofocus={i === 0 || undefined}
              onClick={() => setReason(r.id)}
              onDoubleClick={() => props.onSkip(r.id, note)}
            >
              <span className="kb-option-mark" data-single="true" aria-hidden="true" />
              <span className="kb-option-text" dir="auto">
                {localText(r.title, locale)}
                <small className="kb-help">
                  {t(`workbench.skip.consequence.${r.consequence ?? 'others'}`)}
                </small>
              </span>
              {i < 9 && <Kbd chord={`Digit${i + 1}`} />}
            </button>
          ))}
        </div>
        <Textarea
          mt="sm"
          label={t('workbench.skip.note')}
          autosize
          minRows={2}
          maxLength={2000}
          value={note}
          onChange={(e) => setNote(e.currentTarget.value)}
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={props.onClose}>
            {t('workbench.cancel')}
          </Button>
          <Button
            type="submit"
            disabled={reason === undefined}
            rightSection={<Kbd chord="Mod+Enter" />}
          >
            {t('workbench.skip.send')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

/** How the work is to be done, in the language of the interface, else in the other. */
export function InstructionsDrawer(props: {
  readonly texts: { readonly en: string; readonly hi: string } | undefined
  readonly onClose: () => void
}) {
  const { t, locale } = useI18n()
  const other: Locale = locale === 'en' ? 'hi' : 'en'
  const text = props.texts?.[locale] || props.texts?.[other] || ''
  const opener = useChord('workbench.instructions', 'F2') ?? 'F2'
  useCommands(
    [
      {
        id: 'workbench.instructions.close',
        title: 'workbench.close',
        keys: [opener, 'Escape'],
        palette: 'skip',
        run: props.onClose,
      },
    ],
    'dialog',
  )
  return (
    <Drawer
      opened
      onClose={props.onClose}
      position="right"
      size="lg"
      title={t('workbench.instructions')}
      closeButtonProps={{ 'aria-label': t('workbench.close') }}
    >
      {text === '' ? (
        <p className="sub">{t('workbench.noInstructions')}</p>
      ) : (
        <div lang={languageOf(text)}>
          <Markdown text={text} />
        </div>
      )}
    </Drawer>
  )
}

/** My last items, newest first: Enter opens one again. */
export function RecentDrawer(props: {
  readonly projectId: string
  readonly stage: Stage
  readonly receipts: readonly Receipt[]
  readonly onClose: () => void
  readonly onOpen: (assignmentId: string) => void
}) {
  const { t, format } = useI18n()
  const recent = useApi('work.recent', {
    params: { projectId: props.projectId },
    query: { stage: props.stage, limit: 20 },
  })
  const [appealing, setAppealing] = useState<'no' | 'yes'>('no')
  return (
    <Drawer
      opened
      onClose={props.onClose}
      closeOnEscape={appealing === 'no'}
      position="left"
      size="md"
      title={t('workbench.recent')}
      closeButtonProps={{ 'aria-label': t('workbench.close') }}
    >
      <Answer of={recent}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="sub">{t('workbench.noRecent')}</p>
          ) : (
            <ul className="wb-recent">
              {rows.map((r, i) => (
                <li key={r.assignmentId}>
                  <button
                    type="button"
                    className="kb-option"
                    disabled={!r.mayReopen}
                    ref={i === firstOpen(rows) ? focusOnce : undefined}
                    onClick={() => props.onOpen(r.assignmentId)}
                  >
                    <span className="kb-option-text">
                      <b dir="auto">{r.key}</b> <span className="sub">{format.when(r.at)}</span>
                      <small className="kb-help" dir="auto" lang={languageOf(r.preview)}>
                        {r.preview}
                      </small>
                    </span>
                    <span className="tag">
                      {t(`workbench.recent.${r.mayReopen ? r.state : 'closed'}`)}
                    </span>
                  </button>
                  {props.stage !== 'review' && (
                    <VerdictAppeal
                      projectId={props.projectId}
                      assignmentId={r.assignmentId}
                      show="the verdict too"
                      onAsking={setAppealing}
                    />
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
      <Receipts receipts={props.receipts} />
    </Drawer>
  )
}

const firstOpen = (rows: readonly { readonly mayReopen: boolean }[]) =>
  rows.findIndex((r) => r.mayReopen)
/** The rows come after the drawer opened, so they take the focus when they are drawn. */
const focusOnce = (button: HTMLButtonElement | null) => button?.focus()

/** Two versions of a draft, to choose from. Nothing is overwritten until somebody chose. */
export function ConflictDialog(props: {
  readonly mine: Answers
  readonly theirs: Answers
  readonly inputs: Readonly<Record<string, unknown>>
  readonly kit: Kit | undefined
  readonly onKeep: (keep: 'mine' | 'theirs') => void
}) {
  const { t, locale } = useI18n()
  const fields =
    props.kit?.schema.fields.filter(
      (f) => JSON.stringify(props.mine[f.id]) !== JSON.stringify(props.theirs[f.id]),
    ) ?? []
  const words = (field: FieldSpec, answer: unknown): string => {
    if (!props.kit) return ''
    const known = { context: contextOf(props.kit, props.inputs), locale }
    if (field.per.of === 'item') return answerWords(field, answer, known)
    return Object.entries(typeof answer === 'object' && answer !== null ? answer : {})
      .map(([turn, one]) => `${turn}: ${answerWords(field, one, known)}`)
      .join('\n')
  }
  const column = (answers: Answers, keep: 'mine' | 'theirs') => (
    <div className="wb-version">
      <h2>{t(`workbench.conflict.${keep}`)}</h2>
      <dl>
        {fields.map((f) => (
          <div key={f.id}>
            <dt dir="auto">{localText(f.title, locale)}</dt>
            <dd dir="auto">{words(f, answers[f.id]) || t('workbench.conflict.none')}</dd>
          </div>
        ))}
      </dl>
      <Button
        variant={keep === 'mine' ? 'filled' : 'default'}
        data-autofocus={keep === 'mine' || undefined}
        onClick={() => props.onKeep(keep)}
      >
        {t(`workbench.conflict.keep.${keep}`)}
      </Button>
    </div>
  )
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      size="xl"
      title={t('workbench.conflict.title')}
    >
      <p className="sub">{t('workbench.conflict.text')}</p>
      <div className="wb-versions">
        {column(props.mine, 'mine')}
        {column(props.theirs, 'theirs')}
      </div>
    </Modal>
  )
}
