import { localText } from '@kasauti/core'
import { useApi } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

/** A skill a stage can ask for. */
export type Skill = { readonly id: string; readonly title: string }

/** Skills a stage can ask for, in the order of their titles; none while they are not known. */
export function useSkills(): readonly Skill[] {
  const { locale } = useI18n()
  const answer = useApi('skill.list', {})
  return (answer.data?.rows ?? [])
    .filter((s) => !s.retired)
    .map((s) => ({
      id: s.skillId,
      title: localText(s.title, locale),
    }))
    .toSorted((a, b) => a.title.localeCompare(b.title, locale))
}
