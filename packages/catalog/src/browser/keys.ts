/** Keys of numbered options: 1 to 9, then the letters that no frame command uses. */
const letters = [...'BCDEGHILMNOPQTUVWXYZ']

/** Caps by place: `1`..`9`, then letters; `undefined` when the caps run out. */
export const optionCap = (place: number): string | undefined =>
  place < 9 ? String(place + 1) : letters[place - 9]

/** The place a key stands for, or -1. Number row and number pad count alike. */
export function optionPlace(code: string): number {
  const digit = digitOf(code)
  if (digit !== undefined) return digit - 1
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  const at = letter === undefined ? -1 : letters.indexOf(letter)
  return at < 0 ? -1 : at + 9
}

/** The digit on a key of the number row or the number pad. */
export function digitOf(code: string): number | undefined {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1]
  return digit === undefined ? undefined : Number(digit)
}
