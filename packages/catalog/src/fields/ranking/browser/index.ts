import { anyEditor } from '../../../browser/kinds.ts'
import en from './messages.en.json' with { type: 'json' }
import hi from './messages.hi.json' with { type: 'json' }
import { RankingEditor } from './RankingEditor.tsx'
import { rankingTool } from './ranking-tool.ts'

export const editor = anyEditor({
  Editor: RankingEditor,
  tool: rankingTool,
  messages: { en, hi },
  placement: 'below',
})
