import { anyEditor } from '../../../browser/kinds.ts'
import en from './messages.en.json' with { type: 'json' }
import hi from './messages.hi.json' with { type: 'json' }
import { TextEditor } from './TextEditor.tsx'
import { textTool } from './text-tool.ts'

export const editor = anyEditor({
  Editor: TextEditor,
  tool: textTool,
  messages: { en, hi },
  placement: 'side',
})
