import { anyView } from '../../../browser/kinds.ts'
import en from './messages.en.json' with { type: 'json' }
import hi from './messages.hi.json' with { type: 'json' }
import { TextView } from './TextView.tsx'

export const view = anyView({ View: TextView, messages: { en, hi } })
