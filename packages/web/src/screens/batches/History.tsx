import { useI18n } from '../../platform/i18n/index.ts'
import type { WholeBatch } from './batch.ts'

type Event = WholeBatch['history'][number]

function Line({ event }: { readonly event: Event }) {
  const { t, format } = useI18n()
  const count = event.items ?? 0
  return (
    <li>
      <span className="sub small when">{format.dateTime(event.at)}</span>
      <span>
        {t(`batches.event.${event.kind}`, { count, number: format.number(count) })}
        {event.by && (
          <span className="sub" dir="auto">
            {' '}
            · {event.by}
          </span>
        )}
        {event.despite && <span className="tag warn"> {t('batches.despiteTag')}</span>}
        {event.note && (
          <span className="event-note" dir="auto">
            {event.note}
          </span>
        )}
      </span>
    </li>
  )
}

/** What happened to the batch, newest first. */
export function History({ history }: { readonly history: readonly Event[] }) {
  return (
    <ul className="batch-history">
      {history.map((event, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a history only grows at its head
        <Line key={history.length - n} event={event} />
      ))}
    </ul>
  )
}
