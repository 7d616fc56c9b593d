import { anyForm } from '../../../browser/kinds.ts'
import en from './messages.en.json' with { type: 'json' }
import hi from './messages.hi.json' with { type: 'json' }
import { RankingForm } from './RankingForm.tsx'
import type { RankingConfig } from './ranking-tool.ts'

export const form = anyForm<RankingConfig>({
  Form: RankingForm,
  messages: { en, hi },
  fresh: ({ inputs }) => ({
    input: inputs.find((i) => i.kind === 'conversation')?.id ?? '',
    ties: 'allowed',
  }),
})
