import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { focusOf } from '../platform/keys/index.ts'
import type { Answers } from './answers.ts'
import { readSpot, type Spot, sameJson, sameSpot } from './answers.ts'
import {
  type AskedSpot,
  askedSpots,
  firstToDo,
  firstWrong,
  neighbour,
  nextUnanswered,
  readyToSend,
} from './asked.ts'
import { focusSpot } from './FieldBlock.tsx'
import type { Kit } from './kit.ts'
import { firstMarked, marksOf, type PlacedMark } from './marks.ts'
import type { Runner } from './runner.ts'
import type { Desk } from './session.ts'

type Standing = {
  readonly spots: readonly AskedSpot[]
  readonly answers: Answers
  /** Of returned work. */
  readonly marks: readonly PlacedMark[]
}
export type DeskWork = {
  readonly root: RefObject<HTMLDivElement | null>
  readonly active: Spot | undefined
  readonly setActive: (spot: Spot) => void
  readonly answer: (asked: AskedSpot, value: unknown, how: 'whole' | 'typing') => void
  readonly move: (step: 1 | -1) => void
  /** The answers to send; `undefined` when something is wrong, which is shown with the focus on it. */
  readonly check: () => Answers | undefined
  readonly undo: () => void
  readonly redo: () => void
  readonly leaveText: () => void
}

/** Typing, moving and checking on the item in view. */
export function useDesk(at: {
  readonly runner: Runner | undefined
  readonly desk: Desk | undefined
  readonly kit: Kit | undefined
  /** A new item takes the focus to what is to be answered first, or leaves it where it is. */
  readonly focus: 'take' | 'leave'
  /** Another tab has the item: nothing may change it here. */
  readonly heldBy?: 'this tab' | 'another tab'
}): DeskWork {
  const { runner, desk, kit, heldBy } = at
  const root = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState<Spot>()
  const [goTo, setGoTo] = useState<{ readonly spot: Spot }>()
  const id = desk?.work.assignmentId
  const here = useRef({ runner, kit, active, heldBy })
  useLayoutEffect(() => {
    here.current = { runner, kit, active, heldBy }
  })
  const spotsNow = useCallback((): Standing => {
    const now = here.current.runner?.get().desks[0]
    if (!now || !here.current.kit) return { spots: [], answers: {}, marks: [] }
    return {
      spots: askedSpots(here.current.kit, now.work.inputs, now.log.answers),
      answers: now.log.answers,
      marks: now.mode === 'answer' ? marksOf(now) : [],
    }
  }, [])
  useLayoutEffect(() => {
    if (goTo) focusSpot(root.current, goTo.spot)
  }, [goTo])
  useItemShown({ id, ready: kit !== undefined, focus: at.focus, spotsNow, setActive, setGoTo })

  const answer = useCallback(
    (asked: AskedSpot, value: unknown, how: 'whole' | 'typing') => {
      const { runner: r, heldBy: holder } = here.current
      if (holder === 'another tab') return
      r?.dispatch({ kind: 'change', change: { spot: asked.spot, value, how, atMs: Date.now() } })
      if (how === 'typing' || !asked.editor.tool.complete(asked.field.config, value, asked)) return
      const { spots, answers } = spotsNow()
      const next = nextUnanswered(spots, answers, asked.spot)
      if (next && !sameSpot(next, asked.spot)) setGoTo({ spot: next })
    },
    [spotsNow],
  )
  const history = (kind: 'undo' | 'redo') => {
    const before = runner?.get().desks[0]?.log
    runner?.dispatch({ kind })
    const op = kind === 'undo' ? before?.done.at(-1) : before?.undone.at(-1)
    if (op) setGoTo({ spot: op.spot })
  }
  useToolKeys({ here, spotsNow, answer, setGoTo })
  return {
    root,
    active,
    setActive: useCallback(
      (spot: Spot) => setActive((now) => (sameSpot(now, spot) ? now : spot)),
      [],
    ),
    answer,
    move: (step) => {
      const spot = neighbour(spotsNow().spots, active, step)
      if (spot) setGoTo({ spot })
    },
    check: () => {
      if (!desk || !kit) return undefined
      const ready = readyToSend(kit, desk.work.inputs, desk.log.answers)
      if (ready.problems.length === 0) return ready.answers
      runner?.dispatch({ kind: 'problems', problems: ready.problems })
      const wrong = firstWrong(spotsNow().spots, ready.problems)
      if (wrong) setGoTo({ spot: wrong })
      return undefined
    },
    undo: () => history('undo'),
    redo: () => history('redo'),
    leaveText: () => {
      const section = document.activeElement?.closest<HTMLElement>('[data-spot]')
      if (section) section.focus({ preventScroll: true })
      else (document.activeElement as HTMLElement | null)?.blur()
    },
  }
}

type Shown = {
  readonly id: string | undefined
  readonly ready: boolean
  readonly focus: 'take' | 'leave'
  readonly spotsNow: () => Standing
  readonly setActive: (spot: Spot | undefined) => void
  readonly setGoTo: (to: { readonly spot: Spot } | undefined) => void
}
/** A new item in view: the first thing without an answer has the focus, the texts stand at their beginning. */
function useItemShown({ id, ready, focus, spotsNow, setActive, setGoTo }: Shown): void {
  useLayoutEffect(() => {
    if (id === undefined || !ready) return
    const { spots, answers, marks } = spotsNow()
    const spot = firstMarked(spots, marks) ?? firstToDo(spots, answers)
    setActive(spot)
    if (focus === 'take') setGoTo(spot && { spot })
    performance.mark('kasauti-item-shown', { detail: { assignmentId: id } })
  }, [id, ready, focus, spotsNow, setActive, setGoTo])
}

type Keys = {
  readonly here: RefObject<{
    runner: Runner | undefined
    kit: Kit | undefined
    active: Spot | undefined
    heldBy: 'this tab' | 'another tab' | undefined
  }>
  readonly spotsNow: () => Standing
  readonly answer: DeskWork['answer']
  readonly setGoTo: (to: { readonly spot: Spot }) => void
}
const dialogOpen = () => document.querySelector('[role=dialog][aria-modal=true]') !== null

/**
 * Plain keys go to the active field's tool first: digits and letters answer it. Arrows up and down
 * move between fields, page keys scroll what is read.
 */
function useToolKeys({ here, spotsNow, answer, setGoTo }: Keys): void {
  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      if (e.isComposing || e.keyCode === 229 || e.ctrlKey || e.metaKey || e.altKey) return
      const focus = focusOf(e.target)
      if (focus === 'text' || dialogOpen() || !inBench(e.target)) return
      if (scrolled(e.code) || keyed(e) || moved(e.code)) {
        e.preventDefault()
        e.stopPropagation()
      }
    }
    const keyed = (e: KeyboardEvent): boolean => {
      const desk = here.current.runner?.get().desks[0]
      const { spots, answers } = spotsNow()
      const asked = spots.find((s) => sameSpot(s.spot, here.current.active))
      if (!desk || !asked || desk.mode === 'look') return false
      const value = readSpot(answers, asked.spot)
      const press = { code: e.code, shift: e.shiftKey, candidates: asked.candidates }
      const done = asked.editor.tool.key(asked.field.config, value, press)
      if (done === 'unhandled') return false
      if (!sameJson(value, done.answer)) answer(asked, done.answer, 'whole')
      return true
    }
    const moved = (code: string): boolean => {
      const step = code === 'ArrowDown' ? 1 : code === 'ArrowUp' ? -1 : undefined
      if (step === undefined) return false
      const spot = neighbour(spotsNow().spots, here.current.active, step)
      if (spot) setGoTo({ spot })
      return spot !== undefined
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [here, spotsNow, answer, setGoTo])
}
const inBench = (target: EventTarget | null): boolean =>
  target === document.body || (target instanceof Element && target.closest('.wb-item') !== null)

/** Page keys scroll every pane of the item together, wherever the focus is. */
function scrolled(code: string): boolean {
  const step = code === 'PageDown' ? 0.85 : code === 'PageUp' ? -0.85 : undefined
  if (step === undefined) return false
  const shown = [
    ...document.querySelectorAll<HTMLElement>('.wb-inputs, .wb-inputs .kb-candidate'),
  ].filter((p) => p.offsetParent !== null)
  for (const pane of shown) pane.scrollBy({ top: pane.clientHeight * step })
  return true
}
