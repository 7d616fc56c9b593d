import type { WireOutput } from '@kasauti/contract'

/** What awaits me, as the server tells it. */
export type Today = WireOutput<'work.today'>
