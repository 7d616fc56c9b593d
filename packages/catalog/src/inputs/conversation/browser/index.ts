import { anyView } from '../../../browser/kinds.ts'
import { ConversationView } from './ConversationView.tsx'
import en from './messages.en.json' with { type: 'json' }
import hi from './messages.hi.json' with { type: 'json' }

export const view = anyView({ View: ConversationView, messages: { en, hi } })
