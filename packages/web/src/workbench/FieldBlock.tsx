// biome-ignore-all lint/a11y/useSemanticElements: a fieldset would need a legend; the heading is the name
import type { Problem } from '@kasauti/core'
import { localText } from '@kasauti/core'
import { memo } from 'react'
import { problemsInWords } from '../platform/api/index.ts'
import { useI18n } from '../platform/i18n/index.ts'
import { CommandKey } from '../platform/keys/index.ts'
import { type Spot, spotKey } from './answers.ts'
import type { AskedSpot } from './asked.ts'
import { type Kit, roomTranslate } from './kit.ts'
import { MarkNotes } from './MarkNotes.tsx'
import type { PlacedMark } from './marks.ts'

type Props = {
  readonly asked: AskedSpot
  readonly kit: Kit
  readonly idPrefix: string
  readonly value: unknown
  readonly active: boolean
  readonly readOnly: boolean
  readonly problems: readonly Problem[]
  readonly marks: readonly PlacedMark[]
  /** Of a review: put a mark here, or change the one that is there. */
  readonly onMark?: ((asked: AskedSpot) => void) | undefined
  readonly onChange: (asked: AskedSpot, value: unknown, how: 'whole' | 'typing') => void
}

/** One thing asked: its title, its help, its editor, and what is wrong with the answer. */
export const FieldBlock = memo(function FieldBlock(props: Props) {
  const { asked, kit, active } = props
  const { field, spot, editor } = asked
  const { t, locale } = useI18n()
  const problems = problemsInWords(props.problems, t)
  const title = `${props.idPrefix}-${spotKey(spot)}`
  const { Editor } = editor
  return (
    <section
      role="group"
      className="wb-field"
      data-spot={spotKey(spot)}
      data-active={active || undefined}
      data-wrong={problems.length > 0 || undefined}
      data-marked={props.marks.some((m) => m.standing === 'open') || undefined}
      tabIndex={-1}
      aria-labelledby={title}
    >
      <h2 id={title} dir="auto">
        {localText(field.title, locale)}{' '}
        {!field.required && <small className="wb-optional">{t('workbench.optional')}</small>}
      </h2>
      {props.onMark && (
        <button
          type="button"
          className="wb-mark-btn"
          onClick={() => props.onMark?.(asked)}
          aria-describedby={title}
        >
          {t(props.marks.length > 0 ? 'workbench.mark.change' : 'workbench.mark.put')}{' '}
          {active && <CommandKey id="workbench.mark" />}
        </button>
      )}
      <MarkNotes marks={props.marks} />
      {field.help && spot.turn === undefined && (
        <p className="wb-help" dir="auto">
          {localText(field.help, locale)}
        </p>
      )}
      <Editor
        labelledBy={title}
        config={field.config}
        value={props.value}
        onChange={(value, how) => props.onChange(asked, value, how ?? 'whole')}
        locale={locale}
        active={active}
        readOnly={props.readOnly}
        candidates={asked.candidates}
        problems={problems}
        loadTaxonomy={kit.loadTaxonomy}
        t={roomTranslate(editor.messages, locale)}
      />
      {problems.length > 0 && (
        <p className="wb-problem" role="alert">
          {problems[0]?.code === 'required'
            ? t('workbench.problem.required')
            : t('workbench.problem.wrong', { message: problems[0]?.message ?? '' })}
        </p>
      )}
    </section>
  )
})

/** Find a spot's section on the page and move the focus to its main control. */
export function focusSpot(root: HTMLElement | null, spot: Spot): void {
  const section = root?.querySelector<HTMLElement>(`[data-spot="${CSS.escape(spotKey(spot))}"]`)
  if (!section) return
  const main = section.querySelector<HTMLElement>('[data-main]') ?? section
  main.focus({ preventScroll: true })
  section.scrollIntoView({ block: 'nearest' })
}
