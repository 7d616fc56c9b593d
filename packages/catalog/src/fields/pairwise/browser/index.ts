import { anyEditor } from '../../../browser/kinds.ts'
import en from './messages.en.json' with { type: 'json' }
import hi from './messages.hi.json' with { type: 'json' }
import { PairwiseEditor } from './PairwiseEditor.tsx'
import { pairwiseTool } from './pairwise-tool.ts'

export const editor = anyEditor({
  Editor: PairwiseEditor,
  tool: pairwiseTool,
  messages: { en, hi },
  placement: 'below',
})
