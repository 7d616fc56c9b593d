import { anyForm } from '../../../browser/kinds.ts'
import en from './messages.en.json' with { type: 'json' }
import hi from './messages.hi.json' with { type: 'json' }
import { TextForm } from './TextForm.tsx'
import type { TextConfig } from './text-tool.ts'

const fresh = (): TextConfig => ({ lines: 'many' })

export const form = anyForm<TextConfig>({ Form: TextForm, messages: { en, hi }, fresh })
