// biome-ignore-all lint/a11y/noAriaHiddenOnFocusable: a kbd takes no focus
import type { ReactNode } from 'react'

/** The cap of a key. Decoration for sighted people: controls name their keys by `aria-keyshortcuts`. */
export const Kbd = ({ children }: { readonly children: ReactNode }) => (
  <kbd className="kb-key" aria-hidden="true">
    {children}
  </kbd>
)
