import { useI18n } from '../platform/i18n/index.ts'
import { type Command, useCommands } from '../platform/keys/index.ts'
import type { AskedSpot } from './asked.ts'
import type { Proposal } from './proposals.ts'
import type { Runner } from './runner.ts'
import { type Act, answersItself, type Desk, type Stage } from './session.ts'
import type { DeskWork } from './use-desk.ts'

export type Dialog = 'skip' | 'return' | 'fail' | 'instructions' | 'recent'
type ActionsOf = {
  readonly stage: Stage
  readonly desk: Desk | undefined
  readonly runner: Runner | undefined
  readonly asked: AskedSpot | undefined
  readonly reasons: number
  readonly finish: (act: Act) => void
  readonly work: DeskWork
  readonly setDialog: (dialog: Dialog) => void
  readonly takeAll: (proposal: Proposal) => void
  readonly mark: (asked: AskedSpot) => void
  readonly blocked: boolean
}
type Here = ActionsOf & {
  /** An item is in view and may be changed in this tab. */
  readonly here: () => boolean
  readonly submit: () => void
}

/** Moving and changing: at every stage. */
function everywhere({ here, work, setDialog }: Here): readonly Command[] {
  return [
    {
      id: 'workbench.next',
      title: 'workbench.command.next',
      keys: ['KeyJ'],
      palette: 'skip',
      when: here,
      run: () => work.move(1),
    },
    {
      id: 'workbench.previous',
      title: 'workbench.command.previous',
      keys: ['KeyK'],
      palette: 'skip',
      when: here,
      run: () => work.move(-1),
    },
    {
      id: 'workbench.undo',
      title: 'workbench.command.undo',
      keys: ['Mod+KeyZ'],
      when: here,
      run: work.undo,
    },
    {
      id: 'workbench.redo',
      title: 'workbench.command.redo',
      keys: ['Mod+Shift+KeyZ', 'Mod+KeyY'],
      when: here,
      run: work.redo,
    },
    {
      id: 'workbench.leaveText',
      title: 'workbench.command.leaveText',
      keys: ['Escape'],
      palette: 'skip',
      when: here,
      run: work.leaveText,
    },
    {
      id: 'workbench.recent',
      title: 'workbench.recent',
      keys: ['Alt+ArrowLeft'],
      run: () => setDialog('recent'),
    },
    {
      id: 'workbench.instructions',
      title: 'workbench.instructions',
      keys: ['F2'],
      run: () => setDialog('instructions'),
    },
  ]
}

function annotating({ here, submit, reasons, setDialog }: Here): readonly Command[] {
  return [
    {
      id: 'workbench.submit',
      title: 'workbench.command.submit',
      keys: ['Mod+Enter'],
      when: here,
      run: submit,
    },
    {
      id: 'workbench.skip',
      title: 'workbench.command.skip',
      keys: ['KeyS'],
      when: () => here() && reasons > 0,
      run: () => setDialog('skip'),
    },
  ]
}

/** Deciding between proposals: a whole one, or its answer to the active field. */
function adjudicating({ here, submit, desk, work, asked, takeAll }: Here): readonly Command[] {
  const proposals = desk?.work.proposals ?? []
  return [
    {
      id: 'workbench.submit',
      title: 'workbench.command.decide',
      keys: ['Mod+Enter'],
      when: here,
      run: submit,
    },
    ...proposals.slice(0, 9).flatMap((p, i): readonly Command[] => [
      {
        id: `workbench.take.${p.letter}`,
        title: 'workbench.command.take',
        values: { letter: p.letter },
        keys: [`Alt+Key${p.letter}`],
        palette: 'skip',
        when: here,
        run: () => takeAll(p),
      },
      {
        id: `workbench.takeField.${p.letter}`,
        title: 'workbench.command.takeField',
        values: { letter: p.letter },
        keys: [`Alt+Digit${i + 1}`],
        palette: 'skip',
        when: () => here() && asked !== undefined,
        run: () => {
          if (asked) work.answer(asked, answerAt(p, asked), 'whole')
        },
      },
    ]),
  ]
}
const answerAt = (proposal: Proposal, { spot }: AskedSpot): unknown => {
  const answer = proposal.answers[spot.field]
  if (spot.turn === undefined) return answer
  return (answer as Readonly<Record<string, unknown>> | undefined)?.[spot.turn]
}

const marking = ({ here, asked, mark }: Here): Command => ({
  id: 'workbench.mark',
  title: 'workbench.command.mark',
  keys: ['KeyM', 'Alt+KeyM'],
  when: () => here() && asked !== undefined,
  run: () => {
    if (asked) mark(asked)
  },
})

function reviewing(at: Here): readonly Command[] {
  const { here, submit, desk, runner, setDialog } = at
  const fixing = desk?.mode === 'fix'
  const looking = () => here() && desk?.mode === 'look'
  return [
    {
      id: 'workbench.submit',
      title: fixing ? 'workbench.command.sendFix' : 'workbench.command.accept',
      keys: fixing ? ['Mod+Enter'] : ['Mod+Enter', 'KeyA'],
      when: here,
      run: submit,
    },
    {
      id: 'workbench.fix',
      title: 'workbench.command.fix',
      keys: ['KeyF'],
      when: looking,
      run: () => runner?.dispatch({ kind: 'fix' }),
    },
    {
      id: 'workbench.return',
      title: 'workbench.command.return',
      keys: ['KeyR'],
      when: looking,
      run: () => setDialog('return'),
    },
    marking(at),
    {
      id: 'workbench.look',
      title: 'workbench.command.look',
      keys: ['Alt+KeyX'],
      when: () => here() && fixing,
      run: () => runner?.dispatch({ kind: 'look' }),
    },
  ]
}

function auditing(at: Here): readonly Command[] {
  const { here, submit, setDialog } = at
  return [
    {
      id: 'workbench.submit',
      title: 'workbench.command.pass',
      keys: ['Mod+Enter', 'KeyA'],
      when: here,
      run: submit,
    },
    {
      id: 'workbench.return',
      title: 'workbench.command.fail',
      keys: ['KeyR'],
      when: here,
      run: () => setDialog('fail'),
    },
    marking(at),
  ]
}

type Button = {
  readonly id: string
  readonly label: string
  readonly primary?: true
  readonly run: () => void
}
type Way = 'annotate' | 'adjudicate' | 'review' | 'fix' | 'audit'
const commandsOf: Readonly<Record<Way, (at: Here) => readonly Command[]>> = {
  annotate: annotating,
  adjudicate: adjudicating,
  review: reviewing,
  fix: reviewing,
  audit: auditing,
}
const primaryLabels: Readonly<Record<Way, string>> = {
  annotate: 'workbench.submit',
  adjudicate: 'workbench.decide',
  review: 'workbench.accept',
  fix: 'workbench.sendFix',
  audit: 'workbench.pass',
}
const submitHints: Readonly<Record<Way, string>> = {
  annotate: 'workbench.keys.submit',
  adjudicate: 'workbench.keys.decide',
  review: 'workbench.keys.accept',
  fix: 'workbench.keys.sendFix',
  audit: 'workbench.keys.pass',
}
const wayOf = ({ stage, desk }: Pick<ActionsOf, 'stage' | 'desk'>): Way =>
  stage === 'review' && desk?.mode === 'fix' ? 'fix' : stage

/** Everything that can be done here: as keys, as buttons, and as hints at the bottom. */
export function useActions(a: ActionsOf) {
  const { t } = useI18n()
  const { desk, stage, finish } = a
  const way = wayOf(a)
  const at: Here = {
    ...a,
    here: () => desk !== undefined && !a.blocked,
    submit: () =>
      answersItself(stage)
        ? finish({ kind: 'submit' })
        : finish({
            kind: 'review',
            verdict: way === 'fix' ? 'fixed' : 'accepted',
            note: '',
            marks: desk?.marks ?? [],
          }),
  }
  useCommands([...commandsOf[way](at), ...everywhere(at)])
  const button = (id: string, label: string, run: () => void): Button => ({
    id,
    label: t(label),
    run,
  })
  const others: Readonly<Record<Way, () => readonly Button[]>> = {
    annotate: () =>
      a.reasons > 0 ? [button('workbench.skip', 'workbench.skip', () => a.setDialog('skip'))] : [],
    adjudicate: () => [],
    review: () => [
      button('workbench.return', 'workbench.return', () => a.setDialog('return')),
      button('workbench.fix', 'workbench.fix', () => a.runner?.dispatch({ kind: 'fix' })),
    ],
    fix: () => [
      button('workbench.look', 'workbench.cancelFix', () => a.runner?.dispatch({ kind: 'look' })),
    ],
    audit: () => [button('workbench.return', 'workbench.fail', () => a.setDialog('fail'))],
  }
  const primary: Button = {
    id: 'workbench.submit',
    label: t(primaryLabels[way]),
    primary: true,
    run: at.submit,
  }
  const hint = (id: string, key: string) => ({ id, label: t(key) })
  const firstLetter = desk?.work.proposals?.[0]?.letter ?? 'A'
  return {
    buttons: a.blocked ? [] : [...others[way](), primary],
    hints: [
      hint('workbench.submit', submitHints[way]),
      ...(way === 'adjudicate'
        ? [
            hint(`workbench.take.${firstLetter}`, 'workbench.keys.take'),
            hint(`workbench.takeField.${firstLetter}`, 'workbench.keys.takeField'),
          ]
        : []),
      ...(answersItself(stage) ? [] : [hint('workbench.mark', 'workbench.keys.mark')]),
      hint('workbench.next', 'workbench.keys.next'),
      hint('workbench.undo', 'workbench.keys.undo'),
    ],
  }
}
