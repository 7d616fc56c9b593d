import { useI18n } from '../../platform/i18n/index.ts'
import type { Difference } from './words.ts'

/** What differs, a line for each. */
export function Differences({ of }: { readonly of: readonly Difference[] }) {
  const { t } = useI18n()
  if (of.length === 0) return <p className="sub small">{t('workflow.same')}</p>
  return (
    <ul className="wf-lines">
      {of.map((d) => (
        <li key={`${d.stage} ${d.kind} ${d.before ?? ''} ${d.after ?? ''}`}>
          <b>{t(`workflow.stage.${d.stage}`)}</b>{' '}
          {d.kind === 'changed' ? (
            <>
              {d.before && <del>{d.before}</del>}{' '}
              {d.before && d.after && <span aria-hidden="true">→</span>}{' '}
              {d.after && <ins>{d.after}</ins>}
            </>
          ) : (
            <span className={d.kind === 'added' ? 'tag good' : 'tag warn'}>
              {t(`workflow.diff.${d.kind}`)}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
