/** The browser door: what needs a page. Every room's part is imported when it is first needed. */
import './browser/editors.css'
import type { FieldEditor, FieldForm, InputView } from './browser/kinds.ts'
import en from './browser/messages.en.json' with { type: 'json' }
import hi from './browser/messages.hi.json' with { type: 'json' }
import { joinMessages } from './browser/messages.ts'

export { LocalTextInput, OptionalLocalText, RowList } from './browser/FormParts.tsx'
export { Kbd } from './browser/Kbd.tsx'
export type {
  EditorProps,
  FieldEditor,
  FieldForm,
  FieldTool,
  FormContext,
  FormProps,
  InputView,
  InputViewProps,
  KeyHint,
  KeyPress,
  LocalMessages,
  Messages,
  ToolContext,
  Translate,
} from './browser/kinds.ts'
export { Markdown } from './browser/Markdown.tsx'
export { problemAt } from './browser/problems.ts'
export { countWords, languageOf } from './browser/writing.ts'

export { clearRecent, recentFor } from './fields/taxonomy/browser/recent.ts'

const views: Readonly<Record<string, () => Promise<InputView>>> = {
  text: async () => (await import('./inputs/text/browser/index.ts')).view,
  conversation: async () => (await import('./inputs/conversation/browser/index.ts')).view,
}
const editors: Readonly<Record<string, () => Promise<FieldEditor>>> = {
  choice: async () => (await import('./fields/choice/browser/index.ts')).editor,
  taxonomy: async () => (await import('./fields/taxonomy/browser/index.ts')).editor,
  rating: async () => (await import('./fields/rating/browser/index.ts')).editor,
  text: async () => (await import('./fields/text/browser/index.ts')).editor,
  pairwise: async () => (await import('./fields/pairwise/browser/index.ts')).editor,
  ranking: async () => (await import('./fields/ranking/browser/index.ts')).editor,
}
const forms: Readonly<Record<string, () => Promise<FieldForm>>> = {
  choice: async () => (await import('./fields/choice/browser/form.ts')).form,
  taxonomy: async () => (await import('./fields/taxonomy/browser/form.ts')).form,
  rating: async () => (await import('./fields/rating/browser/form.ts')).form,
  text: async () => (await import('./fields/text/browser/form.ts')).form,
  pairwise: async () => (await import('./fields/pairwise/browser/form.ts')).form,
  ranking: async () => (await import('./fields/ranking/browser/form.ts')).form,
}

/** How a kind of input is shown; `undefined` for a kind this version does not know. */
export const inputView = (kind: string): Promise<InputView> | undefined => views[kind]?.()
/** How a kind of field is answered. */
export const fieldEditor = (kind: string): Promise<FieldEditor> | undefined => editors[kind]?.()
/** How a kind of field is configured in the designer. Its messages hold the shared ones too. */
export async function fieldForm(kind: string): Promise<FieldForm | undefined> {
  const form = await forms[kind]?.()
  return form && { ...form, messages: joinMessages({ en, hi }, form.messages) }
}
