import type { AnswerContext } from '@kasauti/catalog'
import { StateTag } from '../../parts/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { answerWords } from '../../workbench/index.ts'
import { DecisionTag } from './AnnotationCard.tsx'
import type { Item, Schema } from './answer.ts'
import { answerAt, placesOf, sameAnswer, titleOf } from './answer-lines.ts'

type Annotation = Item['annotations'][number]
type Props = {
  readonly annotations: readonly Annotation[]
  readonly schema: Schema
  readonly context: AnswerContext
}

/** The answers in force: a row for each thing asked, a column for each person, differences marked. */
export function AnswersTable({ annotations, schema, context }: Props) {
  const { t, locale, format } = useI18n()
  const columns = annotations.map((annotation) => ({
    annotation,
    answers: annotation.revisions.at(-1)?.answers ?? {},
  }))
  const places = placesOf(
    schema,
    columns.map((c) => c.answers),
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section className="card answers-scroll" tabIndex={0} aria-label={t('item.answers')}>
      <table className="plain answers-table">
        <thead>
          <tr>
            <th scope="col">{t('item.asked')}</th>
            {columns.map(({ annotation }, i) => (
              <th key={annotation.annotationId} scope="col">
                <span dir="auto">
                  {annotation.author ?? t('item.person', { number: format.number(i + 1) })}
                </span>{' '}
                <DecisionTag stage={annotation.stage} /> <StateTag state={annotation.state} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {places.map((place) => {
            const given = columns.map((c) => answerAt(c.answers, place))
            const differ = given.some((answer) => !sameAnswer(answer, given[0]))
            return (
              <tr key={place.key} data-differ={differ || undefined}>
                <th scope="row">
                  <span dir="auto">{titleOf(place.field, locale)}</span>{' '}
                  {place.turn && <span className="tag">{place.turn}</span>}{' '}
                  {differ && <span className="tag warn">{t('item.differ')}</span>}
                </th>
                {columns.map(({ annotation }, i) => (
                  <td key={annotation.annotationId} dir="auto">
                    {answerWords(place.field, given[i], { context, locale }) || (
                      <span className="sub">{t('item.noAnswer')}</span>
                    )}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
