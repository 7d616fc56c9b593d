import type { WireOutput } from '@kasauti/contract'
import { Button } from '@mantine/core'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { Failed, Waiting } from '../../parts/index.ts'
import { useApiMutation } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { CommandKey, useCommands } from '../../platform/keys/index.ts'
import {
  ItemView,
  type Kit,
  practiceRunner,
  readyToSend,
  useDesk,
  useKit,
  useSession,
} from '../../workbench/index.ts'
import { Problems } from './Problems.tsx'

type Work = WireOutput<'work.claim'>['rows'][number]
type Feedback = NonNullable<WireOutput<'work.submit'>['feedback']>
export type Answered = {
  readonly feedback: Feedback | undefined
  readonly answers: Readonly<Record<string, unknown>>
}

type Props = {
  readonly work: Work
  /** Shown in place of the buttons once there is feedback. */
  readonly after: ((answered: Answered, kit: Kit) => ReactNode) | undefined
  readonly onAnswered: (answered: Answered) => void
}

function Bench({ work, kit, after, onAnswered }: Props & { readonly kit: Kit }) {
  const { t } = useI18n()
  const [runner] = useState(() => {
    const made = practiceRunner({})
    made.begin(work.inputs, work.answers)
    return made
  })
  const desk = useSession(runner).desks[0]
  const bench = useDesk({ runner, desk, kit, focus: 'take' })
  const begun = useRef(0)
  useEffect(() => {
    begun.current = performance.now()
  }, [])
  const [tried, setTried] = useState(false)
  const [answered, setAnswered] = useState<Answered>()
  const submit = useApiMutation('work.submit', ['gold', 'exam', 'skill'])
  const answers = desk?.log.answers ?? {}
  const ready = useMemo(() => readyToSend(kit, work.inputs, answers), [kit, work.inputs, answers])
  const send = () => {
    setTried(true)
    if (ready.problems.length > 0 || submit.isPending || answered) return
    const { projectId, assignmentId } = work
    const activeMs = Math.round(performance.now() - begun.current)
    submit.mutate(
      { params: { projectId, assignmentId }, body: { answers: ready.answers, activeMs } },
      {
        onSuccess: ({ feedback }) => {
          const done = { feedback, answers: ready.answers }
          setAnswered(done)
          onAnswered(done)
        },
      },
    )
  }
  useCommands([
    {
      id: 'questions.submit',
      title: 'questions.submit',
      keys: ['Mod+Enter'],
      inText: 'fires',
      run: send,
    },
  ])
  if (!desk) return <Waiting />
  return (
    <div className="stack">
      <div className="answer-bench" data-answered={answered !== undefined || undefined}>
        <ItemView
          desk={desk}
          kit={kit}
          active={bench.active}
          readOnly={answered !== undefined}
          root={bench.root}
          onChange={bench.answer}
          onActive={bench.setActive}
        />
      </div>
      {tried && ready.problems.length > 0 && (
        <div role="alert">
          <Problems problems={ready.problems} kit={kit} />
        </div>
      )}
      {submit.isError && <Failed error={submit.error} />}
      {answered && after ? (
        after(answered, kit)
      ) : (
        <div className="question-bar">
          <Button
            onClick={send}
            loading={submit.isPending}
            rightSection={<CommandKey id="questions.submit" />}
            className="with-key"
          >
            {t('questions.submit')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** One question in the project's own editors. */
export function Question(props: Props) {
  const { t } = useI18n()
  const kit = useKit(props.work.projectId, props.work.schemaVersion)
  if (kit === 'failed') return <p role="alert">{t('error.network/unreachable')}</p>
  if (kit === 'loading') return <Waiting />
  return <Bench key={props.work.assignmentId} {...props} kit={kit} />
}
