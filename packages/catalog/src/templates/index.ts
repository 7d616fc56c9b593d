import type { Template } from '../kinds.ts'
import { blank } from './blank/index.ts'

/** Every template, in the order the gallery shows them. */
export const templates: readonly Template[] = [blank]

/** The template of this name; `undefined` if there is none. */
export const template = (name: string): Template | undefined =>
  templates.find((t) => t.name === name)
