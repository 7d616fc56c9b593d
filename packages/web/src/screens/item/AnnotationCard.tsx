import { localText } from '@kasauti/core'
import { StateTag, VerdictTag } from '../../parts/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import type { Item, Schema } from './answer.ts'
import { answerText } from './answer-text.ts'

type Annotation = Item['annotations'][number]
type Revision = Annotation['revisions'][number]
type AnswersTableProps = {
  readonly revision: Revision
  readonly before?: Revision | undefined
  readonly schema: Schema
}

/** Answers of one revision; what differs from the revision before is marked. */
function AnswersTable({ revision, before, schema }: AnswersTableProps) {
  const { t, locale } = useI18n()
  const known = schema.fields.filter((f) => revision.answers[f.id] !== undefined)
  return (
    <table className="plain facts">
      <tbody>
        {known.map((field) => {
          const answer = revision.answers[field.id]
          const changed =
            before && JSON.stringify(before.answers[field.id]) !== JSON.stringify(answer)
          const perTurn = field.per?.of === 'turn' && typeof answer === 'object' && answer !== null
          const rows = perTurn
            ? Object.entries(answer as Record<string, unknown>)
            : ([['', answer]] as const)
          return rows.map(([turn, value]) => (
            <tr key={`${field.id} ${turn}`}>
              <th scope="row">
                {localText(field.title, locale)} {turn && <span className="tag">{turn}</span>}
              </th>
              <td dir="auto">
                {answerText(field, value, locale)}{' '}
                {changed && <span className="tag warn">{t('item.changed')}</span>}
              </td>
            </tr>
          ))
        })}
      </tbody>
    </table>
  )
}

function RevisionFacts({ revision }: { readonly revision: Revision }) {
  const { t, format } = useI18n()
  const facts = {
    revision: format.number(revision.revision),
    reason: t(`item.reason.${revision.reason}`),
    who: revision.by,
    when: format.dateTime(revision.at),
    duration: format.duration(revision.activeMs),
    schema: format.number(revision.schemaVersion),
  }
  return (
    <div className="sub small" title={revision.hash}>
      {t('item.revision', facts)}
    </div>
  )
}

/** One person's annotation: the answers in force, reviews, and older revisions behind a fold. */
export function AnnotationCard({
  annotation,
  schema,
}: {
  readonly projectId: string
  readonly annotation: Annotation
  readonly schema: Schema
}) {
  const { t, format } = useI18n()
  const revisions = [...annotation.revisions].sort((a, b) => b.revision - a.revision)
  const [latest, ...older] = revisions
  return (
    <article className="card stack-tight">
      <div className="line-row">
        <strong className="grow" dir="auto">
          {annotation.author}
        </strong>
        <StateTag state={annotation.state} />
      </div>
      {latest && (
        <>
          <AnswersTable revision={latest} before={older[0]} schema={schema} />
          <RevisionFacts revision={latest} />
        </>
      )}
      {annotation.reviews.map((review) => (
        <div key={review.at} className="review-note">
          <VerdictTag verdict={review.verdict} />{' '}
          <span className="sub small">
            {t('item.reviewedBy', { who: review.by, when: format.dateTime(review.at) })}
          </span>
          {review.note && <div dir="auto">{review.note}</div>}
        </div>
      ))}
      {older.length > 0 && (
        <details>
          <summary className="sub small">{t('item.older', { count: older.length })}</summary>
          {older.map((revision, i) => (
            <div key={revision.revision} className="older-revision">
              <RevisionFacts revision={revision} />
              <AnswersTable revision={revision} before={older[i + 1]} schema={schema} />
            </div>
          ))}
        </details>
      )}
    </article>
  )
}
