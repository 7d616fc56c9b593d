/** Nodes used last, per taxonomy, kept by this browser. Only ids; cleared with everything under `kasauti.`. */
const key = (taxonomy: string) => `kasauti.recent.${taxonomy}`

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
