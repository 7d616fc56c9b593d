/** The smallest task schema there is: what a project from scratch starts with in the designer. */
export const emptySchema = {
  version: 1,
  inputs: [{ id: 'text', kind: 'text', config: {} }],
  fields: [
    {
      id: 'label',
      kind: 'choice',
      title: { en: 'Label', hi: 'लेबल' },
      config: {
        mode: 'single',
        options: [
          { value: 'yes', title: { en: 'Yes', hi: 'हाँ' } },
          { value: 'no', title: { en: 'No', hi: 'नहीं' } },
        ],
      },
    },
  ],
} as const
