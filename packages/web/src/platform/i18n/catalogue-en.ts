/** Every English text of the interface, in one chunk that loads only when English is used. */
import { gather, type MessageFile } from './gather.ts'

export const messages = gather(
  import.meta.glob<MessageFile>('../../**/messages.en.json', { eager: true, import: 'default' }),
)
