import { LocalText } from '@kasauti/core'
import { z } from 'zod'
import { operations } from './operation.ts'

export const TemplateCard = z.object({
  name: z.string(),
  title: LocalText,
  summary: LocalText,
  languages: z.array(z.string()),
  sampleItems: z.number().int(),
  fields: z.array(z.string()),
})
export const templateOperations = operations('template', {
  list: {
    method: 'GET',
    path: '/templates',
    summary: 'Ready projects to start from',
    may: 'signed-in',
    output: z.object({ rows: z.array(TemplateCard) }),
  },
})
