/**
 * Nodes used last, per taxonomy, kept by this browser for the person at it. Only ids; kept until that
 * person signs out.
 */
const prefix = 'kasauti.recent.'
let owner = ''
const key = (taxonomy: string) => `${prefix}${owner}.${taxonomy}`

/** Whose the nodes used last are from now on. */
export function recentFor(personId: string): void {
  owner = personId
}

/** Forget everybody's nodes used last, on signing out. */
export function clearRecent(): void {
  try {
    for (const name of Object.keys(localStorage))
      if (name.startsWith(prefix)) localStorage.removeItem(name)
  } catch {
    // No store, nothing to forget.
  }
}

export function readRecent(taxonomy: string): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key(taxonomy)) ?? '[]')
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string').slice(0, 9) : []
  } catch {
    return []
  }
}

export function writeRecent(taxonomy: string, ids: readonly string[]): void {
  try {
    localStorage.setItem(key(taxonomy), JSON.stringify(ids))
  } catch {
    // A full or forbidden store costs the list of last used nodes, nothing else.
  }
}
