/** The screens that have keys of their own, and `app` for those that work everywhere. */
export type KeyScope = (typeof keyScopes)[number]
export const keyScopes = [
  'app',
  'today',
  'workbench',
  'overview',
  'items',
  'item',
  'schema',
] as const

/**
 * Commands whose keys a person may change, with their defaults and the screen they belong to: the
 * account page lists them without loading those screens. A test holds it to the code of the screens.
 */
export const rebindable = [
  { id: 'app.palette', title: 'frame.command.palette', keys: ['Mod+KeyK'], scope: 'app' },
  { id: 'app.keys', title: 'frame.command.keys', keys: ['Shift+Slash'], scope: 'app' },
  { id: 'app.today', title: 'frame.command.today', keys: ['Alt+Shift+KeyT'], scope: 'app' },
  { id: 'app.projects', title: 'frame.command.projects', keys: ['Alt+Shift+KeyP'], scope: 'app' },
  { id: 'today.continue', title: 'today.continue', keys: ['Enter'], scope: 'today' },
  { id: 'overview.work', title: 'overview.work', keys: ['KeyL'], scope: 'overview' },
  { id: 'overview.review', title: 'overview.review', keys: ['KeyR'], scope: 'overview' },
  {
    id: 'overview.adjudicate',
    title: 'overview.adjudicate',
    keys: ['KeyD'],
    scope: 'overview',
  },
  { id: 'overview.audit', title: 'overview.audit', keys: ['KeyU'], scope: 'overview' },
  { id: 'items.next', title: 'items.next', keys: ['KeyJ', 'ArrowDown'], scope: 'items' },
  { id: 'items.previous', title: 'items.previous', keys: ['KeyK', 'ArrowUp'], scope: 'items' },
  { id: 'items.open', title: 'items.open', keys: ['Enter'], scope: 'items' },
  { id: 'items.copyRow', title: 'items.copyRow', keys: ['KeyC'], scope: 'items' },
  {
    id: 'workbench.submit',
    title: 'workbench.command.submit',
    keys: ['Mod+Enter'],
    scope: 'workbench',
  },
  { id: 'workbench.skip', title: 'workbench.command.skip', keys: ['KeyS'], scope: 'workbench' },
  { id: 'workbench.next', title: 'workbench.command.next', keys: ['KeyJ'], scope: 'workbench' },
  {
    id: 'workbench.previous',
    title: 'workbench.command.previous',
    keys: ['KeyK'],
    scope: 'workbench',
  },
  { id: 'workbench.undo', title: 'workbench.command.undo', keys: ['Mod+KeyZ'], scope: 'workbench' },
  {
    id: 'workbench.redo',
    title: 'workbench.command.redo',
    keys: ['Mod+Shift+KeyZ', 'Mod+KeyY'],
    scope: 'workbench',
  },
  {
    id: 'workbench.recent',
    title: 'workbench.recent',
    keys: ['Alt+ArrowLeft'],
    scope: 'workbench',
  },
  {
    id: 'workbench.instructions',
    title: 'workbench.instructions',
    keys: ['F2'],
    scope: 'workbench',
  },
  { id: 'workbench.fix', title: 'workbench.command.fix', keys: ['KeyF'], scope: 'workbench' },
  { id: 'workbench.return', title: 'workbench.command.return', keys: ['KeyR'], scope: 'workbench' },
  { id: 'schema.undo', title: 'schema.undo', keys: ['Mod+KeyZ'], scope: 'schema' },
  {
    id: 'schema.redo',
    title: 'schema.redo',
    keys: ['Mod+Shift+KeyZ', 'Mod+KeyY'],
    scope: 'schema',
  },
  { id: 'schema.publish', title: 'schema.publish', keys: ['Mod+KeyS'], scope: 'schema' },
  { id: 'items.search', title: 'items.search', keys: ['Slash'], scope: 'items' },
  { id: 'item.back', title: 'item.back', keys: ['Escape'], scope: 'item' },
] as const satisfies readonly {
  id: string
  title: string
  keys: readonly string[]
  scope: KeyScope
}[]

/** Keys without Ctrl or Alt that fields answer to: digits, letters of options, arrows. */
const answering =
  /^(Shift\+)?(Digit\d|Key[A-EGHILMNOPQT-Z]|Arrow\w+|Page\w+|Backspace|Space|Enter|Tab)$/

/** Whether a key is taken in the workbench by the fields themselves, so that no command may have it. */
export const isAnswerKey = (chord: string): boolean => answering.test(chord)
