// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
import type { ReactNode } from 'react'

/** A table that scrolls sideways where it does not fit. */
export function TableFrame(props: { readonly label: string; readonly children: ReactNode }) {
  return (
    <section className="table-frame" aria-label={props.label} tabIndex={0}>
      {props.children}
    </section>
  )
}
