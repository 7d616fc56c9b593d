import { useI18n } from '../platform/i18n/index.ts'
import type { PlacedMark, Severity } from './marks.ts'

export const severityTones: Readonly<Record<Severity, string>> = {
  minor: '',
  major: 'warn',
  critical: 'bad',
}

/** What a reviewer says about one place. */
export function MarkNotes({ marks }: { readonly marks: readonly PlacedMark[] }) {
  const { t } = useI18n()
  return marks.map((mark) => (
    <div key={mark.note} className="wb-mark" data-severity={mark.severity}>
      <span className={`tag ${severityTones[mark.severity]}`}>
        {t(`workbench.mark.${mark.severity}`)}
      </span>{' '}
      <span dir="auto" className="wb-mark-note">
        {mark.note}
      </span>{' '}
      {mark.standing === 'changed' && (
        <span className="tag good">{t('workbench.mark.changed')}</span>
      )}
    </div>
  ))
}
