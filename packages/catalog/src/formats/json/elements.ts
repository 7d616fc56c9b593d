/**
 * Finds the rows of a JSON document without parsing it whole: the elements of a list at the root, or of
 * the first list of objects that is a property of a root object. Only brackets and strings are looked at.
 */
import type { Piece } from '../encoding.ts'
import { rawLimit } from '../lines.ts'

/** The JSON text of one element; or where and why reading had to stop; or an element too long to keep. */
export type Element =
  | { readonly is: 'element'; readonly text: string; readonly broken: boolean }
  | { readonly is: 'too-long'; readonly text: string }
  | { readonly is: 'stop'; readonly problem: string; readonly text: string }

const open = (c: number): boolean => c === 123 || c === 91
const close = (c: number): boolean => c === 125 || c === 93
const blank = (c: number): boolean => c === 32 || c === 10 || c === 13 || c === 9

/**
 * root: before the first bracket. property: in the root object, between values. skipped: in a value that is
 * no list. first: after `[` of a property, before its first element. list: between elements of the list.
 * element: in an element. done: after the root's end.
 */
type State = 'root' | 'property' | 'skipped' | 'first' | 'list' | 'element' | 'done'

export class ElementFinder {
  private state: State = 'root'
  private rootIsObject = false
  /** Open brackets inside the current value. */
  private depth = 0
  private inString = false
  private escaped = false
  private expects: 'value' | 'comma' | 'colon' | 'key' = 'value'
  private kept = ''
  private keptBroken = false
  private pieceBroken = false
  private start = 0
  private tooLong = false
  private found: Element[] = []
  private stopped = false
  private lists = 0
  private elements = 0
  private readonly limit: number

  constructor(limit: number) {
    this.limit = limit
  }

  take(piece: Piece): readonly Element[] {
    this.found = []
    this.start = 0
    this.pieceBroken = piece.broken
    const { text } = piece
    for (let i = 0; i < text.length && !this.stopped; i++) {
      if (this.inString) i = this.overString(text, i)
      else this.step(text, i)
    }
    if (this.state === 'element' && !this.stopped) this.keep(text.slice(this.start), piece.broken)
    return this.found
  }

  /** What is missing at the file's end. */
  finish(): readonly Element[] {
    this.found = []
    if (this.stopped || this.state === 'done') return []
    if (this.state === 'root') return this.stop('The file has no JSON in it', '')
    if (this.state === 'element')
      return this.stop(`The file ends in the middle of row ${this.elements + 1}`, this.kept)
    return this.stop('The file ends before its last bracket is closed', '')
  }

  private stop(problem: string, text: string): readonly Element[] {
    this.stopped = true
    this.found.push({ is: 'stop', problem, text: text.slice(0, rawLimit) })
    return this.found
  }

  /** Goes to the string's closing quote, or the text's end; returns the last index passed. */
  private overString(text: string, from: number): number {
    for (let i = from; i < text.length; i++) {
      const c = text.charCodeAt(i)
      if (this.escaped) this.escaped = false
      else if (c === 92) this.escaped = true
      else if (c === 34) {
        this.inString = false
        if (this.state === 'element' && this.depth === 0) this.ends(text, i + 1)
        return i
      }
    }
    return text.length
  }

  private step(text: string, i: number): void {
    const c = text.charCodeAt(i)
    if (this.state !== 'element' && blank(c)) return
    if (this.state === 'element') this.inElement(text, i, c)
    else if (this.state === 'root') this.atRoot(text, i, c)
    else if (this.state === 'property') this.inRoot(text, i, c)
    else if (this.state === 'skipped') this.inSkipped(c)
    else if (this.state === 'done')
      this.stop('There is more after the end of the JSON: is it JSON Lines?', text.slice(i))
    else this.inList(text, i, c)
  }

  private atRoot(text: string, i: number, c: number): void {
    if (c === 91) this.state = 'list'
    else if (c === 123) {
      this.state = 'property'
      this.rootIsObject = true
      this.expects = 'key'
    } else {
      this.stop('JSON must start with [ or {', text.slice(i))
      return
    }
    this.expects = c === 91 ? 'value' : 'key'
  }

  private inRoot(text: string, i: number, c: number): void {
    if (c === 125) {
      if (this.lists === 0)
        this.stop('The object has no property that is a list of rows', text.slice(0, i + 1))
      this.state = 'done'
    } else if (c === 34) this.inString = true
    else if (c === 58) this.expects = 'value'
    else if (c === 44) this.expects = 'key'
    else if (c === 91 && this.expects === 'value' && this.lists === 0) {
      this.state = 'first'
    } else if (open(c)) {
      this.state = 'skipped'
      this.depth = 1
    } else if (c === 93) this.stop('A bracket closes that was never opened', text.slice(i))
  }

  private inSkipped(c: number): void {
    if (c === 34) this.inString = true
    else if (open(c)) this.depth++
    else if (close(c) && --this.depth === 0) {
      this.state = 'property'
      this.expects = 'comma'
    }
  }

  private inList(text: string, i: number, c: number): void {
    if (this.state === 'first' && c !== 123 && c !== 93) {
      // A list of numbers, words or lists beside the rows: not what is looked for.
      this.state = 'skipped'
      this.depth = 1
      this.inSkipped(c)
      return
    }
    if (this.state === 'first' && c === 123) this.lists++
    this.state = 'list'
    if (c === 93) {
      this.state = this.rootIsObject ? 'property' : 'done'
      this.expects = 'comma'
    } else if (c === 44) {
      if (this.expects === 'value')
        this.stop(`A comma too many before row ${this.elements + 1}`, text.slice(i))
      this.expects = 'value'
    } else if (this.expects === 'comma' && this.elements > 0) {
      this.stop(`A comma is missing after row ${this.elements}`, text.slice(i))
    } else this.begins(i, c)
  }

  private begins(i: number, c: number): void {
    this.state = 'element'
    this.kept = ''
    this.keptBroken = this.pieceBroken
    this.tooLong = false
    this.start = i
    this.depth = open(c) ? 1 : 0
    this.inString = c === 34
  }

  private inElement(text: string, i: number, c: number): void {
    if (c === 34) this.inString = true
    else if (open(c)) this.depth++
    else if (close(c)) {
      if (this.depth === 0) {
        this.ends(text, i)
        this.inList(text, i, c)
      } else if (--this.depth === 0) this.ends(text, i + 1)
    } else if (this.depth === 0 && (c === 44 || blank(c))) {
      this.ends(text, i)
      if (c === 44) this.inList(text, i, c)
    }
  }

  private ends(text: string, to: number): void {
    this.keep(text.slice(this.start, to), this.pieceBroken)
    this.elements++
    this.found.push(
      this.tooLong
        ? { is: 'too-long', text: this.kept }
        : { is: 'element', text: this.kept, broken: this.keptBroken },
    )
    this.kept = ''
    this.state = 'list'
    this.expects = 'comma'
  }

  private keep(part: string, broken: boolean): void {
    this.start = 0
    this.keptBroken ||= broken
    if (this.tooLong) return
    this.kept = this.kept === '' ? part : this.kept + part
    if (this.kept.length <= this.limit) return
    this.tooLong = true
    this.kept = [...this.kept.slice(0, rawLimit)].join('')
  }
}
