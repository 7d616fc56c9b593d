import type { Template } from '../../kinds.ts'

/** The least a project needs: a text and one question about it. */
export const blank: Template = {
  name: 'blank',
  title: { en: 'Empty project', hi: 'ख़ाली परियोजना' },
  summary: {
    en: 'A text and one question. Change both in the schema designer.',
    hi: 'एक टेक्स्ट और उसके बारे में एक सवाल। दोनों को स्कीमा डिज़ाइनर में बदलें।',
  },
  languages: [],
  overlap: 1,
  review: 'none',
  schema: {
    inputs: [{ id: 'text', kind: 'text', title: { en: 'Text', hi: 'टेक्स्ट' } }],
    fields: [
      {
        id: 'label',
        kind: 'choice',
        title: { en: 'Label', hi: 'लेबल' },
        config: {
          mode: 'single',
          options: [
            { value: 'yes', title: { en: 'Yes', hi: 'हाँ' }, color: 3 },
            { value: 'no', title: { en: 'No', hi: 'नहीं' }, color: 6 },
          ],
        },
      },
    ],
  },
  sop: {
    en: `# Procedure

## 1. Purpose
Say here what the labels are for and who will use them.

## 2. Question
- **2.1** Answer *Yes* when ...
- **2.2** Answer *No* when ...
- **2.3** If you cannot decide after two minutes, skip the item and give the reason.

## 3. Examples
| Text | Label | Why |
|---|---|---|
| ... | Yes | clause 2.1 |
`,
    hi: `# कार्यविधि

## 1. उद्देश्य
यहाँ लिखें कि ये लेबल किस काम आएँगे और इन्हें कौन इस्तेमाल करेगा।

## 2. सवाल
- **2.1** *हाँ* तब चुनें जब ...
- **2.2** *नहीं* तब चुनें जब ...
- **2.3** दो मिनट में तय न हो पाए तो आइटम छोड़ दें और कारण लिखें।

## 3. उदाहरण
| टेक्स्ट | लेबल | क्यों |
|---|---|---|
| ... | हाँ | धारा 2.1 |
`,
  },
  items: [],
}
