import { anyForm } from '../../../browser/kinds.ts'
import en from './messages.en.json' with { type: 'json' }
import hi from './messages.hi.json' with { type: 'json' }
import { TaxonomyForm } from './TaxonomyForm.tsx'
import type { TaxonomyConfig } from './taxonomy-tool.ts'

export const form = anyForm<TaxonomyConfig>({
  Form: TaxonomyForm,
  messages: { en, hi },
  fresh: ({ taxonomies }) => ({
    taxonomy: taxonomies[0]?.name ?? 'topics',
    version: taxonomies[0]?.version ?? 1,
    mode: 'single',
    leavesOnly: false,
  }),
})
