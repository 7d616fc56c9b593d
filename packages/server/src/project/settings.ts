import type { ProjectSettings } from '@kasauti/contract'
import type { z } from 'zod'

export type Settings = z.output<typeof ProjectSettings>

/** What a project without a template starts with. */
export const firstSettings: Settings = {
  queue: { order: 'sequential' },
  skipReasons: [
    {
      id: 'unclear',
      title: { en: 'The instructions do not cover this', hi: 'निर्देशों में यह शामिल नहीं है' },
      consequence: 'others',
    },
    {
      id: 'unreadable',
      title: { en: 'Broken or unreadable', hi: 'टूटा हुआ या अपठनीय' },
      consequence: 'out',
    },
    {
      id: 'other-language',
      title: { en: 'In another language', hi: 'किसी और भाषा में' },
      consequence: 'out',
    },
    {
      id: 'harmful',
      title: { en: 'Distressing or harmful', hi: 'विचलित करने वाला या हानिकारक' },
      consequence: 'others',
    },
  ],
  instructions: { en: '', hi: '' },
}
