import type { Template } from '../../kinds.ts'
import { items } from './items.ts'
import { sop } from './sop.ts'

/** What people feel who mix Hindi and English. */
export const sentimentHinglish: Template = {
  name: 'sentiment-hinglish',
  title: { en: 'Sentiment of Hinglish posts', hi: 'हिंग्लिश पोस्ट की भावना' },
  summary: {
    en: 'Judge the feeling of posts that mix Hindi and English, how mixed they are, and put their spelling right.',
    hi: 'हिन्दी-अंग्रेज़ी मिली पोस्ट की भावना परखें, देखें भाषा कितनी मिली है, और वर्तनी सुधारें।',
  },
  languages: ['hi-Latn'],
  overlap: 3,
  review: 'none',
  schema: {
    inputs: [
      { id: 'post', kind: 'text', title: { en: 'Post', hi: 'पोस्ट' }, config: { lang: 'hi-Latn' } },
    ],
    fields: [
      {
        id: 'sentiment',
        kind: 'choice',
        title: { en: 'What does the writer feel?', hi: 'लिखने वाला क्या महसूस करता है?' },
        config: {
          mode: 'single',
          options: [
            { value: 'positive', title: { en: 'Positive', hi: 'सकारात्मक' }, color: 3 },
            { value: 'negative', title: { en: 'Negative', hi: 'नकारात्मक' }, color: 6 },
            {
              value: 'mixed',
              title: { en: 'Mixed', hi: 'मिली-जुली' },
              help: { en: 'Neither side outweighs the other', hi: 'कोई पलड़ा भारी नहीं' },
              color: 1,
            },
            { value: 'neutral', title: { en: 'Neutral', hi: 'तटस्थ' }, color: 2 },
          ],
        },
      },
      {
        id: 'mixing',
        kind: 'rating',
        title: { en: 'How mixed is the language?', hi: 'भाषा कितनी मिली हुई है?' },
        config: {
          notApplicable: true,
          levels: [
            {
              value: 1,
              title: { en: 'One language', hi: 'एक ही भाषा' },
              anchor: {
                en: 'Hindi or English throughout; at most words everyone uses in both.',
                hi: 'पूरी पोस्ट हिन्दी या अंग्रेज़ी; ज़्यादा से ज़्यादा वे शब्द जो दोनों में चलते हैं।',
              },
            },
            {
              value: 2,
              title: { en: 'A few words', hi: 'इक्का-दुक्का शब्द' },
              anchor: {
                en: 'Sentences of one language with one or two words of the other.',
                hi: 'वाक्य एक भाषा के, बीच में दूसरी के एक-दो शब्द।',
              },
            },
            {
              value: 3,
              title: { en: 'Often', hi: 'अक्सर' },
              anchor: {
                en: 'Several words or phrases of the other language in one sentence.',
                hi: 'एक ही वाक्य में दूसरी भाषा के कई शब्द या पद।',
              },
            },
            {
              value: 4,
              title: { en: 'Throughout', hi: 'हर जगह' },
              anchor: {
                en: 'Both languages carry the sentence; neither could be called the main one.',
                hi: 'वाक्य दोनों भाषाओं पर टिका है; किसी एक को मुख्य नहीं कह सकते।',
              },
            },
          ],
        },
      },
      {
        id: 'corrected',
        kind: 'text',
        title: { en: 'Corrected text', hi: 'सुधारा हुआ टेक्स्ट' },
        help: {
          en: 'Only if mistakes make it hard to read',
          hi: 'तभी, जब ग़लतियों से पढ़ना मुश्किल हो',
        },
        required: false,
        config: { lines: 'many', maxLength: 1000 },
      },
    ],
  },
  sop,
  items,
}
