/** Every Hindi text of the interface, in one chunk that loads only when Hindi is used. */
import { gather, type MessageFile } from './gather.ts'

export const messages = gather(
  import.meta.glob<MessageFile>('../../**/messages.hi.json', { eager: true, import: 'default' }),
)
