import { anyEditor } from '../../../browser/kinds.ts'
import { ChoiceEditor } from './ChoiceEditor.tsx'
import { choiceTool } from './choice-tool.ts'
import en from './messages.en.json' with { type: 'json' }
import hi from './messages.hi.json' with { type: 'json' }

export const editor = anyEditor({
  Editor: ChoiceEditor,
  tool: choiceTool,
  messages: { en, hi },
  placement: 'side',
})
