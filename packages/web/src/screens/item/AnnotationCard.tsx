import type { AnswerContext } from '@kasauti/catalog'
import { StateTag, VerdictTag } from '../../parts/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { answerWords, severityTones } from '../../workbench/index.ts'
import type { Item, Schema } from './answer.ts'
import { answerAt, placesOf, sameAnswer, titleOf } from './answer-lines.ts'

type Annotation = Item['annotations'][number]
type Revision = Annotation['revisions'][number]
type Mark = NonNullable<Annotation['reviews'][number]['marks']>[number]
type Known = { readonly schema: Schema; readonly context: AnswerContext }

/** What a revision changed: before and after; of the first revision, what was answered. */
function Changes({
  revision,
  before,
  schema,
  context,
}: Known & { readonly revision: Revision; readonly before: Revision | undefined }) {
  const { t, locale } = useI18n()
  const places = placesOf(schema, [before?.answers ?? {}, revision.answers]).filter(
    (place) =>
      !sameAnswer(answerAt(before?.answers ?? {}, place), answerAt(revision.answers, place)),
  )
  if (places.length === 0) return <div className="sub small">{t('item.nothingChanged')}</div>
  const words = (of: Revision | undefined, place: (typeof places)[number]) =>
    answerWords(place.field, answerAt(of?.answers ?? {}, place), { context, locale }) ||
    t('item.noAnswer')
  return (
    <dl className="changes">
      {places.map((place) => (
        <div key={place.key}>
          <dt>
            <span dir="auto">{titleOf(place.field, locale)}</span>{' '}
            {place.turn && <span className="tag">{place.turn}</span>}
          </dt>
          <dd>
            {before && (
              <>
                <del dir="auto">{words(before, place)}</del> <span aria-hidden="true">→</span>{' '}
              </>
            )}
            {before ? (
              <ins dir="auto">{words(revision, place)}</ins>
            ) : (
              <span dir="auto">{words(revision, place)}</span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function RevisionFacts({ revision }: { readonly revision: Revision }) {
  const { t, format } = useI18n()
  const facts = {
    revision: format.number(revision.revision),
    reason: t(`item.reason.${revision.reason}`),
    when: format.dateTime(revision.at),
    duration: format.duration(revision.activeMs),
    schema: format.number(revision.schemaVersion),
  }
  return (
    <div className="sub small" title={revision.hash}>
      {revision.by === undefined
        ? t('item.revision.blind', facts)
        : t('item.revision', { ...facts, who: revision.by })}
    </div>
  )
}

/** What a reviewer marked, place by place. */
export function Marks({
  marks,
  schema,
}: {
  readonly marks: readonly Mark[]
  readonly schema: Schema
}) {
  const { t, locale } = useI18n()
  if (marks.length === 0) return null
  const title = (id: string) => {
    const field = schema.fields.find((f) => f.id === id)
    return field ? titleOf(field, locale) : id
  }
  return (
    <ul className="review-marks">
      {marks.map((mark) => (
        <li key={`${mark.field} ${mark.turn ?? ''} ${mark.note}`}>
          <b dir="auto">{title(mark.field)}</b>{' '}
          {mark.turn !== undefined && <span className="tag">{mark.turn}</span>}{' '}
          <span className={`tag ${severityTones[mark.severity]}`}>
            {t(`workbench.mark.${mark.severity}`)}
          </span>{' '}
          <span dir="auto">{mark.note}</span>
        </li>
      ))}
    </ul>
  )
}

/** Marks the decision between the others' answers. */
export function DecisionTag({ stage }: { readonly stage: Annotation['stage'] }) {
  const { t } = useI18n()
  if (stage !== 'adjudicate') return null
  return (
    <span className="tag accent" title={t('item.decisionText')}>
      {t('item.decision')}
    </span>
  )
}

const slotOf = (place: number): string => String.fromCharCode(65 + place)

/** Which candidate stood where when this person judged. */
function ShownOrder({ order }: { readonly order: Annotation['shownOrder'] }) {
  const { t } = useI18n()
  const orders = Object.entries(order ?? {}).filter(([, ids]) => ids.length > 0)
  return orders.map(([input, ids]) => (
    <div key={input} className="sub small">
      {t('item.shownOrder')}{' '}
      {ids.map((id, i) => (
        <span key={id} className="shown-slot">
          <b>{slotOf(i)}</b> <bdi>{id}</bdi>
        </span>
      ))}
    </div>
  ))
}

/** How one person's annotation came about: what stood where, every revision's changes, the reviews. */
export function AnnotationCard({
  annotation,
  place,
  ...known
}: Known & {
  readonly annotation: Annotation
  /** Its number among the item's annotations, from 1: the name of a person who is not told. */
  readonly place: number
}) {
  const { t, format } = useI18n()
  const revisions = annotation.revisions.toSorted((a, b) => b.revision - a.revision)
  return (
    <article className="card stack-tight">
      <div className="line-row">
        <strong className="grow" dir="auto">
          {annotation.author ?? t('item.person', { number: format.number(place) })}
        </strong>
        <DecisionTag stage={annotation.stage} />
        <StateTag state={annotation.state} />
      </div>
      <ShownOrder order={annotation.shownOrder} />
      {annotation.reviews.map((review) => (
        <div key={review.at} className="review-note">
          <VerdictTag verdict={review.verdict} />{' '}
          <span className="sub small">
            {t('item.reviewedBy', { who: review.by, when: format.dateTime(review.at) })}
          </span>
          {review.note && <div dir="auto">{review.note}</div>}
          <Marks marks={review.marks ?? []} schema={known.schema} />
        </div>
      ))}
      {revisions.map((revision, i) => (
        <div key={revision.revision} className="older-revision">
          <RevisionFacts revision={revision} />
          {revisions.length > 1 && (
            <Changes revision={revision} before={revisions[i + 1]} {...known} />
          )}
        </div>
      ))}
    </article>
  )
}
