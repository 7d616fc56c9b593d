import { Button, Radio, Textarea } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { Failed, toast } from '../../parts/index.ts'
import { useApiMutation } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { CommandKey, useCommands } from '../../platform/keys/index.ts'
import type { WholeAppeal } from './answer.ts'

type Decision = 'upheld' | 'dismissed'
const decisions = ['upheld', 'dismissed'] as const
const keyOf = { upheld: 'appeals.uphold', dismissed: 'appeals.dismiss' } as const

/** Uphold or dismiss, with why: one key chooses and goes to the note, another sends. */
export function DecideForm(props: {
  readonly projectId: string
  readonly appeal: WholeAppeal
  readonly onDecided: () => void
}) {
  const { t } = useI18n()
  const { appeal, projectId } = props
  const [decision, setDecision] = useState<Decision>()
  const [note, setNote] = useState('')
  const noteBox = useRef<HTMLTextAreaElement>(null)
  const decide = useApiMutation('appeal.decide', [
    'appeal',
    'item',
    'gold',
    'project',
    'work.today',
  ])
  const ready = decision !== undefined && note.trim() !== ''
  const send = () => {
    if (!ready || decide.isPending) return
    decide.mutate(
      { params: { projectId, appealId: appeal.appealId }, body: { decision, note } },
      {
        onSuccess: () => {
          toast({ text: t(`appeals.done.${decision}`, { key: appeal.key }) })
          props.onDecided()
        },
      },
    )
  }
  const choose = (which: Decision) => {
    setDecision(which)
    noteBox.current?.focus()
  }
  useCommands([
    { id: 'appeals.uphold', title: 'appeals.uphold', keys: ['KeyU'], run: () => choose('upheld') },
    {
      id: 'appeals.dismiss',
      title: 'appeals.dismiss',
      keys: ['KeyD'],
      run: () => choose('dismissed'),
    },
    {
      id: 'appeals.send',
      title: 'appeals.send',
      keys: ['Mod+Enter'],
      inText: 'fires',
      when: () => ready,
      run: send,
    },
  ])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send()
  }
  const follows = {
    upheld: t(`appeals.follows.${appeal.kind === 'gold' ? 'gold' : 'review'}`),
    dismissed: t('appeals.follows.dismissed'),
  }
  return (
    <form className="card stack-tight" onSubmit={submit}>
      <Radio.Group
        label={t('appeals.decide')}
        description={t('appeals.decideText')}
        value={decision ?? null}
        onChange={(value) => setDecision(decisions.find((d) => d === value))}
      >
        <div className="appeal-choices">
          {decisions.map((which) => (
            <Radio
              key={which}
              value={which}
              label={
                <>
                  {t(keyOf[which])} <CommandKey id={keyOf[which]} />
                </>
              }
              description={follows[which]}
            />
          ))}
        </div>
      </Radio.Group>
      <Textarea
        ref={noteBox}
        label={t('appeals.note')}
        description={t('appeals.noteText')}
        required
        dir="auto"
        autosize
        minRows={2}
        maxRows={10}
        maxLength={4000}
        value={note}
        onChange={(e) => setNote(e.currentTarget.value)}
      />
      {decide.isError && <Failed error={decide.error} />}
      <div>
        <Button
          type="submit"
          disabled={!ready}
          loading={decide.isPending}
          rightSection={<CommandKey id="appeals.send" />}
          className="with-key"
        >
          {t('appeals.send')}
        </Button>
      </div>
    </form>
  )
}
