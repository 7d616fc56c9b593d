import { agreementOf, isAnswered } from '@kasauti/catalog'
import { localText } from '@kasauti/core'
import { useMemo } from 'react'
import { useI18n } from '../platform/i18n/index.ts'
import { CommandKey, Kbd } from '../platform/keys/index.ts'
import { type Answers, type Spot, sameSpot, spotKey } from './answers.ts'
import { contextOf, type Kit } from './kit.ts'
import { type Proposal, type ProposalRow, proposalRows, takenFrom } from './proposals.ts'
import { answerWords } from './words.ts'

type Props = {
  readonly kit: Kit
  readonly inputs: Answers
  readonly proposals: readonly Proposal[]
  /** The decision so far. */
  readonly answers: Answers
  readonly active: Spot | undefined
  /** `look`: an audit compares and decides nothing here. */
  readonly use: 'take' | 'look'
  readonly onTakeAll: (proposal: Proposal) => void
  readonly onTake: (row: ProposalRow, at: number) => void
}

function Agreement({ of }: { readonly of: number | undefined }) {
  const { format } = useI18n()
  if (of === undefined) return null
  const tone = of === 1 ? 'good' : of >= 0.5 ? 'warn' : 'bad'
  return <span className={`tag ${tone}`}>{format.percent(of)}</span>
}

function Cell(props: Props & { readonly row: ProposalRow; readonly at: number }) {
  const { row, at, kit, inputs, use } = props
  const { t, locale } = useI18n()
  const answer = row.answers[at]
  const words =
    answerWords(row.asked.field, answer, { context: contextOf(kit, inputs), locale }) ||
    t('workbench.proposals.none')
  const letter = props.proposals[at]?.letter ?? ''
  const text = (
    <span dir="auto" className={isAnswered(answer) ? 'wb-proposal-text' : 'sub'}>
      {words}
    </span>
  )
  if (use === 'look') return text
  const taken = takenFrom(props.proposals, props.answers, row.asked.spot) === at
  const title = localText(row.asked.field.title, locale)
  return (
    <button
      type="button"
      className="wb-proposal"
      aria-pressed={taken}
      aria-label={t('workbench.proposals.takeField', { letter, field: title, answer: words })}
      onClick={() => props.onTake(row, at)}
    >
      {text}
      {at < 9 && sameSpot(row.asked.spot, props.active) && <Kbd chord={`Alt+Digit${at + 1}`} />}
    </button>
  )
}

/** What each person answered, under letters, row by row; a click takes an answer or a whole column. */
export function Proposals(props: Props) {
  const { kit, inputs, proposals, use } = props
  const { t, locale, format } = useI18n()
  const rows = useMemo(
    () => proposalRows(proposals, { kit, inputs, context: contextOf(kit, inputs) }),
    [proposals, kit, inputs],
  )
  const overall = useMemo(
    () =>
      agreementOf(
        kit.schema,
        proposals.map((p) => p.answers),
        { inputs, context: contextOf(kit, inputs) },
      ),
    [proposals, kit, inputs],
  )
  const differing = rows.filter((r) => new Set(r.groups).size > 1).length
  return (
    <section className="wb-proposals" aria-label={t('workbench.proposals')}>
      <table>
        <caption>
          <b>{t('workbench.proposals')}</b>{' '}
          <span className="sub">{t('workbench.proposals.differ', { count: differing })}</span>
          {overall !== undefined && (
            <>
              {' '}
              <span className="sub">
                {t('workbench.proposals.overall', { share: format.percent(overall) })}
              </span>
            </>
          )}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('workbench.proposals.asked')}</th>
            {proposals.map((p) => (
              <th key={p.letter} scope="col">
                {use === 'take' ? (
                  <button
                    type="button"
                    className="wb-btn"
                    aria-label={t('workbench.proposals.takeAll', { letter: p.letter })}
                    onClick={() => props.onTakeAll(p)}
                  >
                    <b>{p.letter}</b> <CommandKey id={`workbench.take.${p.letter}`} />
                  </button>
                ) : (
                  p.letter
                )}
              </th>
            ))}
            {proposals.length > 1 && <th scope="col">{t('workbench.proposals.agreement')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={spotKey(row.asked.spot)}
              data-active={sameSpot(row.asked.spot, props.active) || undefined}
              data-differ={new Set(row.groups).size > 1 || undefined}
            >
              <th scope="row">
                <span dir="auto">{localText(row.asked.field.title, locale)}</span>{' '}
                {row.asked.spot.turn !== undefined && (
                  <span className="tag">{row.asked.spot.turn}</span>
                )}
              </th>
              {proposals.map((p, at) => (
                <td key={p.letter} data-group={row.groups[at]}>
                  <Cell {...props} row={row} at={at} />
                </td>
              ))}
              {proposals.length > 1 && (
                <td>
                  <Agreement of={row.agreement} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
