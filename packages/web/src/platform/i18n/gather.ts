/** One `messages.<locale>.json`: ICU messages by their full key. */
export type MessageFile = Readonly<Record<string, string>>

/** Join message files into one catalogue. Throws when two files define the same key. */
export function gather(files: Readonly<Record<string, MessageFile>>): MessageFile {
  const all: Record<string, string> = {}
  for (const [file, messages] of Object.entries(files)) {
    for (const [key, message] of Object.entries(messages)) {
      if (key in all) throw new Error(`message ${key} is defined twice, the second time in ${file}`)
      all[key] = message
    }
  }
  return all
}
