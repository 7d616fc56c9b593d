import type { WireOutput } from '@kasauti/contract'
import { useI18n } from '../../platform/i18n/index.ts'

type Certificate = WireOutput<'skill.mine'>['certificates'][number]
const tones = { valid: 'good', expired: 'warn', revoked: 'bad' } as const

/** Whether a certificate holds, and until when. */
export function CertificateTag({ certificate }: { readonly certificate: Certificate }) {
  const { t, format } = useI18n()
  return (
    <>
      <span className={`tag ${tones[certificate.state]}`}>
        {t(`skills.state.${certificate.state}`)}
      </span>{' '}
      <span className="sub small">
        {certificate.expiresAt
          ? t('skills.until', { when: format.dateTime(certificate.expiresAt) })
          : t('skills.noEnd')}
      </span>
    </>
  )
}
