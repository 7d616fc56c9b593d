import { anyForm } from '../../../browser/kinds.ts'
import en from './messages.en.json' with { type: 'json' }
import hi from './messages.hi.json' with { type: 'json' }
import { RatingForm } from './RatingForm.tsx'
import type { RatingConfig } from './rating-tool.ts'

const fresh = (): RatingConfig => ({
  levels: ([1, 2, 3] as const).map((value) => ({
    value,
    title: { en: en[`rating.fresh.${value}`], hi: hi[`rating.fresh.${value}`] },
  })),
  notApplicable: false,
})

export const form = anyForm<RatingConfig>({ Form: RatingForm, messages: { en, hi }, fresh })
