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
  { id: 'items.next', title: 'items.next', keys: ['KeyJ', 'ArrowDown'], scope: 'items' },
  { id: 'items.previous', title: 'items.previous', keys: ['KeyK', 'ArrowUp'], scope: 'items' },
  { id: 'items.open', title: 'items.open', keys: ['Enter'], scope: 'items' },
  { id: 'items.copyRow', title: 'items.copyRow', keys: ['KeyC'], scope: 'items' },
  { id: 'items.search', title: 'items.search', keys: ['Slash'], scope: 'items' },
] as const
