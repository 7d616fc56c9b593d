import { anyEditor } from '../../../browser/kinds.ts'
import en from './messages.en.json' with { type: 'json' }
import hi from './messages.hi.json' with { type: 'json' }
import { TaxonomyEditor } from './TaxonomyEditor.tsx'
import { taxonomyTool } from './taxonomy-tool.ts'

export const editor = anyEditor({
  Editor: TaxonomyEditor,
  tool: taxonomyTool,
  messages: { en, hi },
  placement: 'side',
})
