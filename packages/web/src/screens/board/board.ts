import type { WireOutput } from '@kasauti/contract'

export type Board = WireOutput<'board.get'>
/** Tables name the project of a row only where there are several. */
export type Shown = { readonly board: Board; readonly of: 'one project' | 'several' }
