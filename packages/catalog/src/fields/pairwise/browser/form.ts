import { anyForm } from '../../../browser/kinds.ts'
import en from './messages.en.json' with { type: 'json' }
import hi from './messages.hi.json' with { type: 'json' }
import { PairwiseForm } from './PairwiseForm.tsx'
import type { PairwiseConfig } from './pairwise-tool.ts'

export const form = anyForm<PairwiseConfig>({
  Form: PairwiseForm,
  messages: { en, hi },
  fresh: ({ inputs }) => ({
    input: inputs.find((i) => i.kind === 'conversation')?.id ?? '',
    ties: ['both-good', 'both-bad'],
  }),
})
