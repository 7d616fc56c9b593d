import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { Answer, AppealTag, TakeBack, VerdictLine, Waiting } from '../../parts/index.ts'
import { hasRole, useApi, useMe } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { answerWords, contextOf, useKit } from '../../workbench/index.ts'
import { answerAt, Inputs, Marks, placesOf, sameAnswer, titleOf } from '../item/index.ts'
import type { WholeAppeal } from './answer.ts'
import { DecideForm } from './DecideForm.tsx'

type Kit = Extract<ReturnType<typeof useKit>, object>
type Shown = { readonly projectId: string; readonly appeal: WholeAppeal }

/** What the appellant answered beside what it was made into, or what gold says; differences marked. */
function Sides({ appeal, kit }: { readonly appeal: WholeAppeal; readonly kit: Kit }) {
  const { t, locale } = useI18n()
  const context = useMemo(() => contextOf(kit, appeal.inputs), [kit, appeal])
  const { mine, theirs } = appeal
  const places = placesOf(kit.schema, theirs ? [mine, theirs] : [mine])
  const words = (answers: WholeAppeal['mine'], place: (typeof places)[number]) =>
    answerWords(place.field, answerAt(answers, place), { context, locale }) || (
      <span className="sub">{t('appeals.noAnswer')}</span>
    )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section className="card answers-scroll" tabIndex={0} aria-label={t('appeals.answers')}>
      <table className="plain answers-table">
        <thead>
          <tr>
            <th scope="col">{t('appeals.asked')}</th>
            <th scope="col">{t('appeals.mine')}</th>
            {theirs && <th scope="col">{t(`appeals.theirs.${appeal.kind}`)}</th>}
          </tr>
        </thead>
        <tbody>
          {places.map((place) => {
            const differ =
              theirs !== undefined && !sameAnswer(answerAt(mine, place), answerAt(theirs, place))
            return (
              <tr key={place.key} data-differ={differ || undefined}>
                <th scope="row">
                  <span dir="auto">{titleOf(place.field, locale)}</span>{' '}
                  {place.turn && <span className="tag">{place.turn}</span>}{' '}
                  {differ && <span className="tag warn">{t('appeals.differ')}</span>}
                </th>
                <td dir="auto">{words(mine, place)}</td>
                {theirs && <td dir="auto">{words(theirs, place)}</td>}
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

/** Where else to look: the item, and the gold as it stands. */
function Links({ projectId, appeal }: Shown) {
  const { t } = useI18n()
  const me = useMe()
  const { itemId } = appeal
  if (itemId === undefined || !hasRole(me, projectId, ['lead', 'manager', 'reviewer'])) return null
  const params = { projectId, itemId }
  return (
    <>
      <Link to="/projects/$projectId/items/$itemId" params={params}>
        {t('appeals.item')}
      </Link>
      {appeal.kind === 'gold' && hasRole(me, projectId, ['lead', 'manager']) && (
        <Link to="/projects/$projectId/items/$itemId/gold" params={params}>
          {t('appeals.gold')}
        </Link>
      )}
    </>
  )
}

function Head({ projectId, appeal }: Shown) {
  const { t, format } = useI18n()
  const { by, key, at } = appeal
  const own = appeal.assignmentId !== undefined
  return (
    <div className="card stack-tight">
      <div className="line-row">
        <h2 id="appeal-title" dir="auto">
          {key}
        </h2>
        <AppealTag state={appeal.state} />
        <span className="grow" />
        <Links projectId={projectId} appeal={appeal} />
        {own && appeal.state === 'open' && (
          <TakeBack projectId={projectId} appealId={appeal.appealId} />
        )}
      </div>
      <div className="appeal-sides">
        <div>
          <h3>{t('appeals.reason')}</h3>
          <p dir="auto" className="appeal-words">
            {appeal.reason}
          </p>
          <span className="sub small">
            {by === undefined
              ? format.dateTime(at)
              : t('appeals.by', { who: by, when: format.dateTime(at) })}
          </span>
        </div>
        <div>
          <h3>{t(`appeals.against.${appeal.kind}`)}</h3>
          {appeal.verdict ? (
            <VerdictLine verdict={appeal.verdict} />
          ) : (
            <p className="sub">{t(`appeals.noVerdict.${appeal.kind}`)}</p>
          )}
        </div>
      </div>
    </div>
  )
}

/** What was decided, by whom and why. */
function Decided({ appeal }: { readonly appeal: WholeAppeal }) {
  const { t, format } = useI18n()
  if (appeal.decision === undefined) return null
  return (
    <section className="card stack-tight">
      <div className="line-row">
        <h2>{t('appeals.decision')}</h2>
        <AppealTag state={appeal.state} />
        <span className="sub small">
          {t('appeals.by', {
            who: appeal.decidedBy ?? '',
            when: appeal.decidedAt ? format.dateTime(appeal.decidedAt) : '',
          })}
        </span>
      </div>
      <p dir="auto" className="appeal-words">
        {appeal.decision}
      </p>
    </section>
  )
}

function Whole({ projectId, appeal, onDecided }: Shown & { readonly onDecided: () => void }) {
  const { t } = useI18n()
  const kit = useKit(projectId, appeal.schemaVersion)
  const marks = appeal.verdict?.marks ?? []
  return (
    <div className="stack-tight">
      <Head projectId={projectId} appeal={appeal} />
      {kit === 'failed' && <p role="alert">{t('error.network/unreachable')}</p>}
      {kit === 'loading' && <Waiting />}
      {typeof kit === 'object' && (
        <>
          <Inputs item={appeal} schema={kit.schema} />
          <Sides appeal={appeal} kit={kit} />
          {marks.length > 0 && (
            <section className="card">
              <h3>{t('appeals.marks')}</h3>
              <Marks marks={marks} schema={kit.schema} />
            </section>
          )}
        </>
      )}
      <Decided appeal={appeal} />
      {appeal.mayDecide && (
        <DecideForm projectId={projectId} appeal={appeal} onDecided={onDecided} />
      )}
      {appeal.state === 'open' && !appeal.mayDecide && (
        <p className="sub small">{t('appeals.others')}</p>
      )}
    </div>
  )
}

/** One appeal: reason, verdict or gold, the item and both answers side by side, and the decision. */
export function AppealDetail(props: {
  readonly projectId: string
  readonly appealId: string
  readonly onDecided: () => void
}) {
  const { projectId, appealId } = props
  const appeal = useApi('appeal.get', { params: { projectId, appealId } })
  return (
    <Answer of={appeal}>
      {(found) => <Whole projectId={projectId} appeal={found} onDecided={props.onDecided} />}
    </Answer>
  )
}
