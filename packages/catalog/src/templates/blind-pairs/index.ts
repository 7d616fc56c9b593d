import type { Template } from '../../kinds.ts'
import { items } from './items.ts'
import { sop } from './sop.ts'

/** Two answers to one question, compared blind. */
export const blindPairs: Template = {
  name: 'blind-pairs',
  title: { en: 'Blind pairs', hi: 'नाम छिपाकर दो जवाबों की तुलना' },
  summary: {
    en: 'Say which of two answers is better without knowing who wrote them, with two kinds of tie.',
    hi: 'बिना जाने कि किसने लिखा, बताएँ दो जवाबों में कौन बेहतर है; बराबरी दो तरह की हो सकती है।',
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
        id: 'preference',
        kind: 'pairwise',
        title: { en: 'Which answer is better?', hi: 'कौन-सा जवाब बेहतर है?' },
        config: { input: 'chat', ties: ['both-good', 'both-bad'] },
      },
      {
        id: 'missing',
        kind: 'text',
        title: {
          en: 'What would a good answer have needed?',
          hi: 'अच्छे जवाब में क्या होना चाहिए था?',
        },
        when: { match: 'all', clauses: [{ field: 'preference', is: 'equal', value: 'both-bad' }] },
        config: { lines: 'many', minLength: 5, maxLength: 1000 },
      },
      {
        id: 'reason',
        kind: 'text',
        title: { en: 'What decided?', hi: 'फ़ैसला किस बात से हुआ?' },
        help: { en: 'One sentence, if you like', hi: 'चाहें तो एक वाक्य में' },
        required: false,
        when: {
          match: 'all',
          clauses: [
            { field: 'preference', is: 'not-equal', value: 'both-bad' },
            { field: 'preference', is: 'not-equal', value: 'both-good' },
          ],
        },
        config: { lines: 'one', maxLength: 300 },
      },
    ],
  },
  sop,
  items,
}
