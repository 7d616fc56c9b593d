import type { Template } from '../../kinds.ts'
import { items } from './items.ts'
import { sop } from './sop.ts'

const perAnswer = { of: 'turn', input: 'chat', roles: ['assistant'] }

/** Every answer of an assistant rated, then the whole conversation. */
export const turnQuality: Template = {
  name: 'turn-quality',
  title: { en: 'Quality of a conversation, turn by turn', hi: 'बातचीत की गुणवत्ता, हर जवाब पर' },
  summary: {
    en: 'Rate every answer of an assistant by anchored levels, name its problems, then judge the whole.',
    hi: 'सहायक के हर जवाब को तय स्तरों पर रेट करें, समस्याएँ बताएँ, फिर पूरी बातचीत परखें।',
  },
  languages: ['en', 'hi', 'hi-Latn'],
  overlap: 2,
  review: 'all',
  schema: {
    inputs: [{ id: 'chat', kind: 'conversation', title: { en: 'Conversation', hi: 'बातचीत' } }],
    fields: [
      {
        id: 'helpfulness',
        kind: 'rating',
        title: { en: 'How helpful is this answer?', hi: 'यह जवाब कितना मददगार है?' },
        per: perAnswer,
        config: {
          notApplicable: true,
          levels: [
            {
              value: 1,
              title: { en: 'Harmful or useless', hi: 'हानिकारक या बेकार' },
              anchor: {
                en: 'Would hurt the user, is invented, or has nothing to do with the question.',
                hi: 'उपयोगकर्ता का नुक़सान करेगा, मनगढ़ंत है, या सवाल से कोई लेना-देना नहीं।',
              },
            },
            {
              value: 2,
              title: { en: 'Weak', hi: 'कमज़ोर' },
              anchor: {
                en: 'The main point is wrong, missing or in the wrong language.',
                hi: 'मुख्य बात ग़लत है, छूट गई है, या ग़लत भाषा में है।',
              },
            },
            {
              value: 3,
              title: { en: 'Usable', hi: 'काम चलाऊ' },
              anchor: {
                en: 'The main point is right; something the user needs is missing or unclear.',
                hi: 'मुख्य बात सही है; कोई ज़रूरी बात छूटी है या साफ़ नहीं है।',
              },
            },
            {
              value: 4,
              title: { en: 'Good', hi: 'अच्छा' },
              anchor: {
                en: 'Right and complete; could be shorter, clearer or warmer.',
                hi: 'सही और पूरा; थोड़ा छोटा, साफ़ या सहज हो सकता था।',
              },
            },
            {
              value: 5,
              title: { en: 'Excellent', hi: 'बेहतरीन' },
              anchor: {
                en: 'Right, complete and clear; an expert would send it as it is.',
                hi: 'सही, पूरा और साफ़; जानकार भी इसे ज्यों का त्यों भेज देता।',
              },
            },
          ],
        },
      },
      {
        id: 'problems',
        kind: 'choice',
        title: { en: 'Problems of this answer', hi: 'इस जवाब की समस्याएँ' },
        required: false,
        per: perAnswer,
        config: {
          mode: 'multiple',
          options: [
            { value: 'wrong', title: { en: 'Wrong', hi: 'ग़लत' }, color: 6 },
            { value: 'invented', title: { en: 'Invented', hi: 'मनगढ़ंत' }, color: 7 },
            { value: 'unsafe', title: { en: 'Unsafe', hi: 'असुरक्षित' }, color: 6 },
            { value: 'incomplete', title: { en: 'Incomplete', hi: 'अधूरा' }, color: 1 },
            { value: 'off-topic', title: { en: 'Off topic', hi: 'विषय से हटकर' }, color: 5 },
            { value: 'wrong-language', title: { en: 'Wrong language', hi: 'ग़लत भाषा' }, color: 2 },
            { value: 'rude', title: { en: 'Rude', hi: 'रूखा' }, color: 4 },
            { value: 'too-long', title: { en: 'Too long', hi: 'बहुत लंबा' }, color: 8 },
          ],
        },
      },
      {
        id: 'overall',
        kind: 'choice',
        title: {
          en: 'Did the user get what they came for?',
          hi: 'उपयोगकर्ता जिस काम से आया था, क्या वह हुआ?',
        },
        config: {
          mode: 'single',
          options: [
            { value: 'solved', title: { en: 'Solved', hi: 'काम हो गया' }, color: 3 },
            { value: 'partly', title: { en: 'Partly', hi: 'कुछ हद तक' }, color: 1 },
            { value: 'not-solved', title: { en: 'Not solved', hi: 'नहीं हुआ' }, color: 6 },
          ],
        },
      },
      {
        id: 'reason',
        kind: 'text',
        title: { en: 'Why not, and in which turn?', hi: 'क्यों नहीं, और किस जवाब में?' },
        when: { match: 'all', clauses: [{ field: 'overall', is: 'equal', value: 'not-solved' }] },
        config: { lines: 'many', minLength: 10, maxLength: 1000 },
      },
    ],
  },
  sop,
  items,
}
