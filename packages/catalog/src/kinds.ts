/** The shapes of the rooms. A room is a folder that exports one value of one of these types. */
import type { Locale, LocalText, Problem, Result } from '@kasauti/core'
import type { z } from 'zod'

/** Shown order of candidates: `order[slot] = canonical candidate id`. Slots are shown as A, B, C... */
export type Presentation = { readonly candidates: Readonly<Record<string, readonly string[]>> }

/**
 * A kind of input: what is shown. `Value` is the stored, canonical JSON of one item's input.
 */
export type InputKind<Config = unknown, Value = unknown> = {
  readonly kind: string
  readonly version: number
  readonly config: z.ZodType<Config>
  /** Roles its turns can have; empty if the kind has no turns. */
  readonly turnRoles: readonly string[]
  /** Most candidates a value can hold; 0 if the kind has none. */
  readonly candidateLimit: number
  /** Accepts what people import (loose) and returns the canonical value, or problems with paths. */
  read(raw: unknown, config: Config): Result<Value, readonly Problem[]>
  /** The stable parts that fields can be asked of; empty if there are none. */
  turns(value: Value): readonly Turn[]
  /** Canonical ids of the candidates (of what `present` gave: slots); empty if there are none. */
  candidates(value: Value): readonly string[]
  /**
   * What the page receives: candidates in the shown order under slot names (`A`, `B`, ...), nothing
   * that tells who made them. `order` lists canonical ids by slot.
   */
  present(value: Value, order: readonly string[]): unknown
  /** Plain text of at most `limit` code points, for tables, search and previews. */
  preview(value: Value, limit: number): string
}
export type Turn = { readonly id: string; readonly role: string }

/** A taxonomy version, indexed. */
export type TaxonomyTree = {
  has(id: string): boolean
  isLeaf(id: string): boolean
  /** Node ids from the top to `id`, `id` included; empty if there is no such node. */
  path(id: string): readonly string[]
  title(id: string, locale: Locale): string
}
/**
 * What a field may need to know besides its config: the item's candidates by input id (canonical ids
 * on the server, slots on the page), the project's taxonomies.
 */
export type AnswerContext = {
  readonly candidates: Readonly<Record<string, readonly string[]>>
  taxonomy(name: string, version: number): TaxonomyTree | undefined
}

/** A kind of field: what is asked. `Answer` is the JSON of one answer. */
export type FieldKind<Config = unknown, Answer = unknown> = {
  readonly kind: string
  readonly version: number
  readonly config: z.ZodType<Config>
  /** The shape every answer has, whatever the config: what the methods below may be given. */
  readonly shape: z.ZodType<Answer>
  /** An answer that is right under this config. Paths of its issues are paths in the answer. */
  answer(config: Config, context: AnswerContext): z.ZodType<Answer>
  /** Bring config and answer of an older version to this one. */
  migrate(
    from: number,
    stored: { config: unknown; answer: unknown },
  ): { config: unknown; answer: unknown }
  /** Distance of two answers in 0..1 (0 = same), symmetric, with what was aligned. */
  compare(a: Answer, b: Answer, config: Config, context: AnswerContext): Comparison
  /** Many answers to one, with the votes kept; independent of order. `undefined` if there are none. */
  merge(
    answers: readonly Answer[],
    config: Config,
    context: AnswerContext,
  ): Merged<Answer> | undefined
  /** One line for tables, history and review. */
  summarise(
    answer: Answer,
    config: Config,
    context: AnswerContext & { readonly locale: Locale },
  ): string
  /** Flat columns for CSV and Excel. The name `''` is the answer itself, others are its parts. */
  columns(config: Config, context: AnswerContext): readonly Column<Answer>[]
  /**
   * Short strings (at most 200 code points) to filter by and to state conditions on. A taxonomy adds
   * ancestors when the context knows the tree; conditions never give it one.
   */
  facets(answer: Answer, config: Config, context: AnswerContext): readonly string[]
  /**
   * The facets there can be, with their titles, for pick lists and conditions; candidates aside, which
   * conditions never see. `undefined` if they are not known beforehand.
   */
  facetValues(config: Config): readonly FacetValue[] | undefined
  /** The input whose candidates the answers speak of, and how many candidates that takes. */
  comparesCandidates(config: Config): ComparesCandidates | undefined
  /** Candidate ids <-> slots; identity for kinds that do not speak of candidates. */
  mapCandidates(answer: Answer, map: (id: string) => string): Answer
}
export type FacetValue = { readonly value: string; readonly title: LocalText }
export type ComparesCandidates = {
  readonly input: string
  readonly min: number
  readonly max: number
}
export type Comparison = {
  readonly distance: number
  readonly aligned: readonly (readonly [unknown, unknown])[]
}
export type Merged<Answer> = {
  readonly answer: Answer
  readonly votes: readonly { readonly answer: Answer; readonly n: number }[]
}
export type Column<Answer> = {
  readonly name: string
  value(answer: Answer): string | number | boolean | undefined
}

/** One row read from a file, or why it could not be. `place` names it for people: "row 7", "line 12". */
export type ReadRow =
  | {
      readonly place: string
      readonly row: Readonly<Record<string, unknown>>
      readonly byteOffset: number
    }
  | {
      readonly place: string
      readonly problem: string
      readonly raw: string
      readonly byteOffset: number
    }

export type FormatOptions = {
  readonly encoding: string
  readonly delimiter?: string | undefined
  readonly header?: boolean | undefined
}
export type ReadLimits = { readonly rowBytes: number; readonly columns: number }
export type WriteRow = {
  readonly columns: Readonly<Record<string, string | number | boolean | undefined>>
  readonly json: Readonly<Record<string, unknown>>
}

/** A file format. Readers and writers stream: memory does not grow with the file. */
export type Format = {
  readonly name: string
  readonly extensions: readonly string[]
  readonly mediaType: string
  /** Looks at the first bytes (and the name) and says how sure it is that the file is this (0..1) and with which options. */
  detect(
    head: Uint8Array,
    fileName: string,
  ): { readonly confidence: number; readonly options: FormatOptions }
  read(
    chunks: AsyncIterable<Uint8Array>,
    options: FormatOptions,
    limits: ReadLimits,
  ): AsyncIterable<readonly ReadRow[]>
  write(
    rows: AsyncIterable<readonly WriteRow[]>,
    columns: readonly string[],
  ): AsyncIterable<Uint8Array>
  /** What `write` cannot keep, in words; empty if `read(write(x)) = x`. */
  readonly losses: readonly string[]
}

/** A template: a ready task schema, its procedure and sample items, as data. */
export type Template = {
  readonly name: string
  readonly title: { readonly en: string; readonly hi: string }
  readonly summary: { readonly en: string; readonly hi: string }
  /** Languages of the sample items: `en`, `hi`, `hi-Latn` (Hinglish). */
  readonly languages: readonly string[]
  readonly schema: unknown
  readonly taxonomies?: readonly {
    readonly name: string
    readonly title: { en: string; hi: string }
    readonly nodes: readonly unknown[]
  }[]
  readonly sop: { readonly en: string; readonly hi: string }
  readonly overlap: number
  readonly review: 'none' | 'all'
  readonly items: readonly {
    readonly key: string
    readonly input: Readonly<Record<string, unknown>>
  }[]
}
