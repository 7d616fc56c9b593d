/** The shapes of the rooms' browser parts: how an input is shown and how a field is answered. */
import type { Locale, LocalText, Problem } from '@kasauti/core'
import type { ComponentType, ReactNode } from 'react'
import type { TaxonomyNode } from '../task-schema/schema.ts'

/** Formats the message of a key; `values` fill its ICU arguments. */
export type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string
export type Messages = Readonly<Record<string, string>>
export type LocalMessages = { readonly en: Messages; readonly hi: Messages }

/** A physical key: `code` is `KeyboardEvent.code`, so keys work under a Hindi layout too. */
export type KeyPress = { readonly code: string; readonly shift: boolean }
/** What a key does now: `keys` as printed on the cap, `message` a key of the room's messages. */
export type KeyHint = {
  readonly keys: readonly string[]
  readonly message: string
}

/** What a tool may need to know besides config and answer. */
export type ToolContext = { readonly candidates: readonly string[] }

/**
 * The headless part of an editor: pure, tested without a page.
 * `key` gives the new answer (`undefined` clears it), or `'unhandled'` when the key means nothing here.
 */
export type FieldTool<Config, Answer> = {
  key(
    config: Config,
    value: Answer | undefined,
    press: KeyPress & ToolContext,
  ): { readonly answer: Answer | undefined } | 'unhandled'
  hints(config: Config, context: ToolContext): readonly KeyHint[]
  /** Nothing is left to answer here: after such a change the frame moves on to the next field. */
  complete(config: Config, value: Answer | undefined, context: ToolContext): boolean
  /** Marks to show at the candidates themselves: the better one, the ranks. */
  marks?(value: Answer): Readonly<Record<string, string>>
}

export type EditorProps<Config, Answer> = {
  /** DOM id of the element that names the field. */
  readonly labelledBy: string
  readonly config: Config
  readonly value: Answer | undefined
  /** `typing`: changes that undo takes back together. */
  onChange(next: Answer | undefined, how?: 'typing'): void
  readonly locale: Locale
  readonly active: boolean
  readonly readOnly: boolean
  /** Slots of the candidates the field compares, in the shown order. */
  readonly candidates: readonly string[]
  readonly problems: readonly Problem[]
  readonly loadTaxonomy: (name: string, version: number) => Promise<readonly TaxonomyNode[]>
  readonly t: Translate
}

export type FieldEditor<Config = unknown, Answer = unknown> = {
  readonly Editor: ComponentType<EditorProps<Config, Answer>>
  readonly tool: FieldTool<Config, Answer>
  readonly messages: LocalMessages
  /** `below`: compares what stands side by side, so it goes under it; `side`: the panel on the right. */
  readonly placement: 'side' | 'below'
}

export type InputViewProps<Config, Value> = {
  readonly value: Value
  readonly config: Config
  readonly locale: Locale
  readonly t: Translate
  /** Fields asked of a turn, to stand beside it. */
  readonly beside?: ((turnId: string) => ReactNode) | undefined
  /** Slots marked as the answer stands now (the better side, the ranks). */
  readonly marks?: Readonly<Record<string, string>> | undefined
}
export type InputView<Config = unknown, Value = unknown> = {
  readonly View: ComponentType<InputViewProps<Config, Value>>
  readonly messages: LocalMessages
}

/** What the designer's forms may offer to choose from. */
export type FormContext = {
  readonly locale: Locale
  readonly t: Translate
  readonly inputs: readonly { readonly id: string; readonly kind: string; readonly title: string }[]
  readonly taxonomies: readonly {
    readonly name: string
    readonly version: number
    readonly title: LocalText
  }[]
}
export type FormProps<Config> = FormContext & {
  readonly config: Config
  onChange(next: Config): void
  /** Paths are relative to the config: `options.2.value`. */
  readonly problems: readonly Problem[]
}
export type FieldForm<Config = unknown> = {
  readonly Form: ComponentType<FormProps<Config>>
  readonly messages: LocalMessages
  /** The config a newly added field starts with. */
  fresh(context: Pick<FormContext, 'inputs' | 'taxonomies'>): Config
}

/** Forget the types of one room's part: the frame hands every room what its own schema checked. */
export const anyEditor = <C, A>(e: FieldEditor<C, A>): FieldEditor => e as unknown as FieldEditor
export const anyView = <C, V>(v: InputView<C, V>): InputView => v as unknown as InputView
export const anyForm = <C>(f: FieldForm<C>): FieldForm => f as unknown as FieldForm
