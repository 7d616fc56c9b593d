import { graphemes } from '@kasauti/core'
import type { Comparison } from '../../kinds.ts'

/** Most cells of the edit matrix: about 15 ms. */
const cellLimit = 4_000_000
/** Texts longer than this, in UTF-16 units, are compared by words at once. */
const graphemeLimit = 20_000

/**
 * Levenshtein distance (1966) over the longer length, on NFC text. The units are graphemes; of long
 * texts words; of very long ones the words without their order (1 - Dice coefficient).
 */
export function compareTexts(a: string, b: string): Comparison {
  const aligned = [[a, b] as const]
  return { distance: textDistance(a.normalize('NFC'), b.normalize('NFC')), aligned }
}

export function textDistance(a: string, b: string): number {
  if (a === b) return 0
  if (a.length <= graphemeLimit && b.length <= graphemeLimit) {
    const distance = editDistance(graphemes(a), graphemes(b))
    if (distance !== undefined) return distance
  }
  const [left, right] = [words(a), words(b)]
  return editDistance(left, right) ?? bagDistance(left, right)
}

const words = (text: string): string[] => text.split(/\s+/u).filter((w) => w !== '')

/** `undefined` if the matrix would be too large. */
function editDistance(a: readonly string[], b: readonly string[]): number | undefined {
  const longer = Math.max(a.length, b.length)
  if (longer === 0) return 0
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (
    end < a.length - start &&
    end < b.length - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  ) {
    end++
  }
  const left = a.slice(start, a.length - end)
  const right = b.slice(start, b.length - end)
  if (left.length * right.length > cellLimit) return undefined
  return edits(left, right) / longer
}

function edits(a: readonly string[], b: readonly string[]): number {
  let row = Uint32Array.from({ length: b.length + 1 }, (_, j) => j)
  let next = new Uint32Array(b.length + 1)
  for (let i = 1; i <= a.length; i++) {
    next[0] = i
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next[j] = Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1)
    }
    ;[row, next] = [next, row]
  }
  return row[b.length] ?? 0
}

function bagDistance(a: readonly string[], b: readonly string[]): number {
  const counts = new Map<string, number>()
  for (const w of a) counts.set(w, (counts.get(w) ?? 0) + 1)
  let shared = 0
  for (const w of b) {
    const n = counts.get(w) ?? 0
    if (n > 0) {
      shared++
      counts.set(w, n - 1)
    }
  }
  return 1 - (2 * shared) / (a.length + b.length)
}
