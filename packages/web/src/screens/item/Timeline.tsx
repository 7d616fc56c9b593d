import { useI18n } from '../../platform/i18n/index.ts'
import type { Item } from './answer.ts'

/** Everything that happened to the item, oldest first. */
export function Timeline({ history }: { readonly history: Item['history'] }) {
  const { t, format } = useI18n()
  return (
    <section>
      <h2>{t('item.history')}</h2>
      <ol className="timeline">
        {history.map((event, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: history only grows at its end
          <li key={at}>
            <span className="sub small timeline-when">{format.dateTime(event.at)}</span>
            <span>
              {event.by
                ? t(`item.event.${event.kind}.by`, { who: event.by })
                : t(`item.event.${event.kind}`)}
              {event.note && (
                <div className="sub" dir="auto">
                  {event.note}
                </div>
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
