import { anyForm } from '../../../browser/kinds.ts'
import { ChoiceForm } from './ChoiceForm.tsx'
import type { ChoiceConfig } from './choice-tool.ts'
import en from './messages.en.json' with { type: 'json' }
import hi from './messages.hi.json' with { type: 'json' }

const fresh = (): ChoiceConfig => ({
  mode: 'single',
  options: [
    { value: 'yes', title: { en: en['choice.fresh.yes'], hi: hi['choice.fresh.yes'] } },
    { value: 'no', title: { en: en['choice.fresh.no'], hi: hi['choice.fresh.no'] } },
  ],
})

export const form = anyForm<ChoiceConfig>({ Form: ChoiceForm, messages: { en, hi }, fresh })
