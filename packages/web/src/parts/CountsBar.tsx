import type { ProjectCounts } from '@kasauti/contract'
import type { z } from 'zod'
import { useI18n } from '../platform/i18n/index.ts'

type Counts = Pick<z.infer<typeof ProjectCounts>, 'items' | 'annotated' | 'returned' | 'accepted'>

/** How far a project is: accepted, annotated and returned shares of its items. */
export function CountsBar({ counts }: { readonly counts: Counts }) {
  const { t, format } = useI18n()
  const width = (n: number) => ({ width: `${counts.items > 0 ? (100 * n) / counts.items : 0}%` })
  const text = t('parts.bar.text', {
    accepted: format.number(counts.accepted),
    annotated: format.number(counts.annotated),
    returned: format.number(counts.returned),
    items: format.number(counts.items),
  })
  return (
    <div className="counts-bar" role="img" aria-label={text} title={text}>
      <i className="accepted" style={width(counts.accepted)} />
      <i className="annotated" style={width(counts.annotated)} />
      <i className="returned" style={width(counts.returned)} />
    </div>
  )
}
