// biome-ignore-all lint/a11y/useSemanticElements: a div keeps the grid; the role names the region
import { localText } from '@kasauti/core'
import {
  type FocusEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react'
import { useI18n } from '../platform/i18n/index.ts'
import { readSpot, type Spot, sameSpot, spotKey } from './answers.ts'
import { type AskedSpot, askedSpots, candidateMarks, layoutOf, problemsAt } from './asked.ts'
import { FieldBlock } from './FieldBlock.tsx'
import { type Kit, roomTranslate } from './kit.ts'
import { marksAt, marksOf } from './marks.ts'
import type { Desk } from './session.ts'

type Props = {
  readonly desk: Desk
  readonly kit: Kit
  readonly active: Spot | undefined
  readonly readOnly: boolean
  readonly notice?: ReactNode
  /** Under the inputs, above fields that compare candidates. */
  readonly panel?: ReactNode
  readonly onMark?: ((asked: AskedSpot) => void) | undefined
  readonly root?: RefObject<HTMLDivElement | null>
  readonly onChange: (asked: AskedSpot, value: unknown, how: 'whole' | 'typing') => void
  readonly onActive: (spot: Spot) => void
}

/** An item: inputs left and large, fields right; fields that compare candidates under them. */
export function ItemView(props: Props) {
  const { desk, kit } = props
  const { inputs } = desk.work
  const { answers } = desk.log
  const spots = useMemo(() => askedSpots(kit, inputs, answers), [kit, inputs, answers])
  const { side, below } = layoutOf(spots)
  const marks = marksOf(desk)
  const block = (asked: AskedSpot) => (
    <FieldBlock
      key={`${asked.spot.field} ${asked.spot.turn ?? ''}`}
      asked={asked}
      kit={kit}
      idPrefix={desk.work.assignmentId}
      value={readSpot(answers, asked.spot)}
      active={sameSpot(asked.spot, props.active)}
      readOnly={props.readOnly}
      problems={problemsAt(desk.problems, asked.spot)}
      marks={marksAt(marks, asked.spot)}
      onMark={props.onMark}
      onChange={props.onChange}
    />
  )
  const beside = (turn: string) => {
    const own = spots.filter((s) => s.spot.turn === turn)
    return own.length === 0 ? undefined : own.map(block)
  }
  return (
    <div
      className="wb-item"
      ref={props.root}
      data-side={side.length > 0 || props.notice !== undefined || undefined}
      {...useActivation(spots, props.onActive)}
    >
      <Inputs kit={kit} inputs={inputs} marks={candidateMarks(spots, answers)} beside={beside} />
      {(side.length > 0 || props.notice !== undefined) && (
        <aside className="wb-side">
          {props.notice}
          {side.map(block)}
        </aside>
      )}
      {props.panel && <div className="wb-panel">{props.panel}</div>}
      {below.length > 0 && <div className="wb-below">{below.map(block)}</div>}
    </div>
  )
}

/**
 * The field with the focus is the active one. While the mouse button is down it waits: an active field
 * is larger, and what is pressed must not move away before it is let go.
 */
function useActivation(spots: readonly AskedSpot[], onActive: (spot: Spot) => void) {
  const pressed = useRef(false)
  const latest = useRef({ spots, onActive })
  // Before the focus moves on to a field that the last answer brought up.
  useLayoutEffect(() => {
    latest.current = { spots, onActive }
  })
  const take = useCallback((target: Element | null) => {
    const key = target?.closest<HTMLElement>('[data-spot]')?.dataset['spot']
    const found = latest.current.spots.find((s) => spotKey(s.spot) === key)
    if (found) latest.current.onActive(found.spot)
  }, [])
  useEffect(() => {
    const up = () => {
      if (!pressed.current) return
      pressed.current = false
      // After the click, which may have moved the focus on.
      setTimeout(() => take(document.activeElement))
    }
    for (const name of ['pointerup', 'pointercancel'] as const) window.addEventListener(name, up)
    return () => {
      for (const name of ['pointerup', 'pointercancel'] as const)
        window.removeEventListener(name, up)
    }
  }, [take])
  return {
    onPointerDownCapture: () => {
      pressed.current = true
    },
    onFocusCapture: (e: FocusEvent<HTMLElement>) => {
      if (!pressed.current) take(e.target)
    },
  }
}

function Inputs(props: {
  readonly kit: Kit
  readonly inputs: Readonly<Record<string, unknown>>
  readonly marks: Readonly<Record<string, string>>
  readonly beside: (turn: string) => ReactNode
}) {
  const { kit, inputs } = props
  const { t, locale } = useI18n()
  const { inputs: specs } = kit.schema
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable to be scrolled by keys
    <div className="wb-inputs" tabIndex={0} role="region" aria-label={t('workbench.inputs')}>
      {specs.map((spec) => {
        const view = kit.views.get(spec.kind)
        const value = inputs[spec.id]
        if (!view || value === undefined) return null
        const { View } = view
        return (
          <div
            key={spec.id}
            className="wb-input"
            data-kind={spec.kind}
            data-sole={specs.length === 1 || undefined}
          >
            {specs.length > 1 && spec.title && (
              <h2 className="wb-input-title" dir="auto">
                {localText(spec.title, locale)}
              </h2>
            )}
            <View
              value={value}
              config={spec.config}
              locale={locale}
              t={roomTranslate(view.messages, locale)}
              beside={props.beside}
              marks={props.marks}
            />
          </div>
        )
      })}
    </div>
  )
}
