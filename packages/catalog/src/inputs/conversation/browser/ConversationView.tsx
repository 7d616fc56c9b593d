// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable to be scrolled by keys
import { memo } from 'react'
import { Kbd } from '../../../browser/Kbd.tsx'
import type { InputViewProps } from '../../../browser/kinds.ts'
import { Markdown } from '../../../browser/Markdown.tsx'
import { countWords, languageOf } from '../../../browser/writing.ts'

type Part = { readonly type: string; readonly text?: string }
type Message = {
  readonly id: string
  readonly role: string
  readonly name?: string | undefined
  readonly parts: readonly Part[]
}
type Candidate = { readonly slot: string; readonly messages: readonly Message[] }
type Conversation = {
  readonly messages: readonly Message[]
  readonly candidates?: readonly Candidate[] | undefined
}
type Props = InputViewProps<unknown, Conversation>

const textOf = (message: Message): string => message.parts.map((p) => p.text ?? '').join('\n\n')

/** Turns down the page, each with its fields beside it; candidates side by side under them. */
export function ConversationView(props: Props) {
  const { value, t, beside } = props
  const candidates = value.candidates ?? []
  return (
    <div className="kb-conversation" data-candidates={candidates.length || undefined}>
      <ol className="kb-turns" aria-label={t('conversation.turns')}>
        {value.messages.map((message) => {
          const fields = beside?.(message.id)
          return (
            <li
              key={message.id}
              className="kb-turn"
              data-role={message.role}
              data-turn={message.id}
            >
              <TurnText message={message} t={t} />
              {fields ? <div className="kb-beside">{fields}</div> : null}
            </li>
          )
        })}
      </ol>
      {candidates.length > 0 && (
        <div className="kb-candidates" data-n={candidates.length}>
          {candidates.map((candidate, i) => (
            <CandidateColumn
              key={candidate.slot}
              candidate={candidate}
              t={t}
              mark={props.marks?.[candidate.slot]}
              arrow={arrow(i, candidates.length)}
            />
          ))}
        </div>
      )}
    </div>
  )
}

const arrow = (place: number, n: number) => (n !== 2 ? undefined : place === 0 ? '←' : '→')

const TurnText = memo(({ message, t }: { readonly message: Message; readonly t: Props['t'] }) => {
  const text = textOf(message)
  return (
    <div className="kb-turn-text" lang={languageOf(text)}>
      <div className="kb-who">
        <span>{roleName(message, t)}</span>
      </div>
      <Markdown text={text} />
    </div>
  )
})
const known = ['system', 'user', 'assistant', 'tool']
function roleName(message: Message, t: Props['t']): string {
  const role = known.includes(message.role) ? t(`conversation.role.${message.role}`) : message.role
  return message.name ? t('conversation.named', { role, name: message.name }) : role
}

const CandidateColumn = memo(
  (props: {
    readonly candidate: Candidate
    readonly t: Props['t']
    readonly mark: string | undefined
    readonly arrow: string | undefined
  }) => {
    const { candidate, t } = props
    const texts = candidate.messages.map(textOf)
    const words = countWords(texts.join('\n'))
    return (
      <section
        className="kb-candidate"
        aria-label={t('conversation.candidate', { slot: candidate.slot })}
        data-mark={props.mark}
        tabIndex={0}
      >
        <header className="kb-who">
          <span>
            <b className="kb-slot">{candidate.slot}</b> {props.arrow && <Kbd>{props.arrow}</Kbd>}
            {props.mark && <span className="kb-mark">{props.mark}</span>}
          </span>
          <span>{t('conversation.words', { n: words })}</span>
        </header>
        {candidate.messages.map((m, i) => (
          <div key={m.id} lang={languageOf(texts[i] ?? '')}>
            {candidate.messages.length > 1 && <div className="kb-who">{roleName(m, t)}</div>}
            <Markdown text={texts[i] ?? ''} />
          </div>
        ))}
      </section>
    )
  },
)
