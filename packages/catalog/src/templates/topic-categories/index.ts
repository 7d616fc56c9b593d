import type { Template } from '../../kinds.ts'
import { items } from './items.ts'
import { sop } from './sop.ts'
import { topics } from './topics.ts'

/** Sentences put into a tree of topics. */
export const topicCategories: Template = {
  name: 'topic-categories',
  title: { en: 'Topics of sentences', hi: 'वाक्यों के विषय' },
  summary: {
    en: 'Put Hindi, English and Hinglish sentences into a tree of topics, and set aside what is no sentence.',
    hi: 'हिन्दी, अंग्रेज़ी और हिंग्लिश वाक्यों को विषयों के पेड़ में रखें और जो वाक्य नहीं हैं उन्हें अलग करें।',
  },
  languages: ['en', 'hi', 'hi-Latn'],
  overlap: 2,
  review: 'all',
  taxonomies: [{ name: 'topics', title: { en: 'Topics', hi: 'विषय' }, nodes: topics }],
  schema: {
    inputs: [{ id: 'text', kind: 'text', title: { en: 'Sentence', hi: 'वाक्य' } }],
    fields: [
      {
        id: 'usable',
        kind: 'choice',
        title: { en: 'Is the sentence usable?', hi: 'क्या वाक्य काम का है?' },
        config: {
          mode: 'single',
          options: [
            {
              value: 'usable',
              title: { en: 'Usable', hi: 'काम का है' },
              help: { en: 'Understood by itself', hi: 'अकेले पढ़कर समझ आता है' },
              color: 3,
            },
            {
              value: 'cut-off',
              title: { en: 'Cut off', hi: 'अधूरा है' },
              help: { en: 'A part of it is missing', hi: 'कोई हिस्सा छूट गया है' },
              color: 1,
            },
            {
              value: 'not-a-sentence',
              title: { en: 'Not a sentence', hi: 'वाक्य नहीं है' },
              help: { en: 'Menu, link, list of words, code', hi: 'मेन्यू, लिंक, शब्द-सूची, कोड' },
              color: 6,
            },
          ],
        },
      },
      {
        id: 'note',
        kind: 'text',
        title: { en: 'What is wrong with it?', hi: 'इसमें क्या गड़बड़ है?' },
        when: { match: 'all', clauses: [{ field: 'usable', is: 'not-equal', value: 'usable' }] },
        config: {
          lines: 'one',
          maxLength: 200,
          placeholder: { en: 'The end is missing', hi: 'अंत छूट गया है' },
        },
      },
      {
        id: 'topic',
        kind: 'taxonomy',
        title: { en: 'Topic', hi: 'विषय' },
        help: {
          en: 'The most specific topic that covers the whole sentence',
          hi: 'वह सबसे बारीक विषय जो पूरे वाक्य को समेट ले',
        },
        config: { taxonomy: 'topics', version: 1, mode: 'single', leavesOnly: false },
      },
    ],
  },
  sop,
  items,
}
