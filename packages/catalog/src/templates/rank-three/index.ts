import type { Template } from '../../kinds.ts'
import { items } from './items.ts'
import { sop } from './sop.ts'

/** Three answers to one question put in order, blind. */
export const rankThree: Template = {
  name: 'rank-three',
  title: { en: 'Three answers in order', hi: 'तीन जवाब, क्रम से' },
  summary: {
    en: 'Rank three answers to one question from best to worst without knowing who wrote them; ties allowed.',
    hi: 'एक सवाल के तीन जवाबों को, बिना जाने कि किसने लिखे, अच्छे से ख़राब के क्रम में रखें; बराबरी हो सकती है।',
  },
  languages: ['en', 'hi', 'hi-Latn'],
  overlap: 3,
  review: 'none',
  schema: {
    inputs: [
      {
        id: 'chat',
        kind: 'conversation',
        title: { en: 'Question and answers', hi: 'सवाल और जवाब' },
      },
    ],
    fields: [
      {
        id: 'order',
        kind: 'ranking',
        title: { en: 'Order, best first', hi: 'क्रम, सबसे अच्छा पहले' },
        config: { input: 'chat', ties: 'allowed' },
      },
      {
        id: 'note',
        kind: 'text',
        title: { en: 'Note', hi: 'टिप्पणी' },
        help: { en: 'If a fact decided', hi: 'फ़ैसला किसी तथ्य से हुआ हो तो' },
        required: false,
        config: { lines: 'many', maxLength: 1000 },
      },
    ],
  },
  sop,
  items,
}
