import type { ProjectSettings } from '@kasauti/contract'
import type { z } from 'zod'

export type Settings = z.output<typeof ProjectSettings>

/** What a project without a template starts with. */
export const firstSettings: Settings = {
  overlap: 1,
  review: 'all',
  skipReasons: [
    {
      id: 'unclear',
      title: { en: 'The instructions do not cover this', hi: 'निर्देशों में यह शामिल नहीं है' },
    },
    { id: 'unreadable', title: { en: 'Broken or unreadable', hi: 'टूटा हुआ या अपठनीय' } },
    { id: 'other-language', title: { en: 'In another language', hi: 'किसी और भाषा में' } },
    { id: 'harmful', title: { en: 'Distressing or harmful', hi: 'विचलित करने वाला या हानिकारक' } },
  ],
  instructions: { en: '', hi: '' },
}
