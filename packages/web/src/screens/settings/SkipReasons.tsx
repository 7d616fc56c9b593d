import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useT } from '../../platform/i18n/index.ts'

const consequences = ['me-later', 'others', 'out'] as const
type Consequence = (typeof consequences)[number]
export type SkipReasonText = {
  readonly id: string
  readonly en: string
  readonly hi: string
  readonly consequence: Consequence
}

/** An id out of an English title: `Not Hindi at all` becomes `not-hindi-at-all`. */
export const idFrom = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
    .replace(/-+$/, '')

/** What is sent: reasons with a title, each id once; ids in use stay, so that old skips keep theirs. */
export function readSkipReasons(reasons: readonly SkipReasonText[]) {
  const taken = new Set<string>()
  return reasons
    .filter((r) => r.en.trim() !== '')
    .map((r) => {
      const base = r.id || idFrom(r.en) || 'reason'
      let id = base
      for (let n = 2; taken.has(id); n++) id = `${base.slice(0, 36)}-${n}`
      taken.add(id)
      const en = r.en.trim()
      const hi = r.hi.trim()
      return { id, title: hi ? { en, hi } : { en }, consequence: r.consequence }
    })
}

type SkipReasonsFieldProps = {
  readonly reasons: readonly SkipReasonText[]
  readonly onChange: (reasons: readonly SkipReasonText[]) => void
}

/** Why an item may be skipped, in both languages. */
export function SkipReasonsField({ reasons, onChange }: SkipReasonsFieldProps) {
  const t = useT()
  const put = (at: number, change: Partial<SkipReasonText>) =>
    onChange(reasons.map((r, i) => (i === at ? { ...r, ...change } : r)))
  return (
    <>
      {reasons.map((reason, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a reason has no identity before it is saved
        <div key={at} className="line-row">
          <TextInput
            className="grow"
            size="xs"
            lang="en"
            aria-label={t('settings.reasonEnglish', { number: at + 1 })}
            placeholder={t('settings.english')}
            value={reason.en}
            onChange={(e) => put(at, { en: e.currentTarget.value })}
          />
          <TextInput
            className="grow"
            size="xs"
            lang="hi"
            aria-label={t('settings.reasonHindi', { number: at + 1 })}
            placeholder={t('settings.hindi')}
            value={reason.hi}
            onChange={(e) => put(at, { hi: e.currentTarget.value })}
          />
          <NativeSelect
            size="xs"
            className="skip-consequence"
            aria-label={t('settings.reasonConsequence', { number: at + 1 })}
            data={consequences.map((c) => ({ value: c, label: t(`settings.consequence.${c}`) }))}
            value={reason.consequence}
            onChange={(e) => {
              const chosen = consequences.find((c) => c === e.currentTarget.value)
              if (chosen) put(at, { consequence: chosen })
            }}
          />
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            onClick={() => onChange(reasons.filter((_, i) => i !== at))}
          >
            {t('settings.removeReason')}
          </Button>
        </div>
      ))}
      {reasons.length < 20 && (
        <div>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() =>
              onChange([...reasons, { id: '', en: '', hi: '', consequence: 'others' }])
            }
          >
            {t('settings.addReason')}
          </Button>
        </div>
      )}
    </>
  )
}
