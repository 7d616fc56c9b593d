import { z } from 'zod'

/** Roles a person can hold in a project. `admin` is not one of them: it belongs to the whole installation. */
export const projectRoles = [
  'associate',
  'reviewer',
  'lead',
  'manager',
  'engineer',
  'stakeholder',
] as const
export const ProjectRole = z.enum(projectRoles)
export type ProjectRole = z.infer<typeof ProjectRole>

export const locales = ['en', 'hi'] as const
export const Locale = z.enum(locales)
export type Locale = z.infer<typeof Locale>

/** Text in the interface's languages; English is always there, Hindi falls back to it. */
export const LocalText = z.object({
  en: z.string().min(1).max(2000),
  hi: z.string().max(2000).optional(),
})
export type LocalText = z.infer<typeof LocalText>

export const localText = (text: LocalText, locale: Locale): string =>
  locale === 'hi' && text.hi ? text.hi : text.en
