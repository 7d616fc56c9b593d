import { anyEditor } from '../../../browser/kinds.ts'
import en from './messages.en.json' with { type: 'json' }
import hi from './messages.hi.json' with { type: 'json' }
import { RatingEditor } from './RatingEditor.tsx'
import { ratingTool } from './rating-tool.ts'

export const editor = anyEditor({
  Editor: RatingEditor,
  tool: ratingTool,
  messages: { en, hi },
  placement: 'side',
})
