import type { AnnotationState, ItemState } from '@kasauti/core'
import { useT } from '../platform/i18n/index.ts'

const tones: Readonly<Record<ItemState | AnnotationState | 'fixed', string>> = {
  open: '',
  annotated: 'accent',
  submitted: 'accent',
  returned: 'warn',
  accepted: 'good',
  fixed: 'good',
  withdrawn: '',
  skipped: '',
  gold: 'warn',
}

/** The state of an item or an annotation. */
export function StateTag({ state }: { readonly state: ItemState | AnnotationState }) {
  const t = useT()
  return <span className={`tag ${tones[state]}`}>{t(`parts.state.${state}`)}</span>
}

/** A reviewer's verdict. */
export function VerdictTag({ verdict }: { readonly verdict: 'accepted' | 'fixed' | 'returned' }) {
  const t = useT()
  return <span className={`tag ${tones[verdict]}`}>{t(`parts.verdict.${verdict}`)}</span>
}
