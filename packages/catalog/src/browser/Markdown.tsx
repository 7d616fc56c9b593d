import type { ComponentProps } from 'react'
import Render from 'react-markdown'
import gfm from 'remark-gfm'

const plugins = [gfm]
const safe = /^(https?:|mailto:)/i
/** Only web and mail addresses stay links; anything else (javascript:, data:, file:) loses its target. */
const keepUrl = (url: string) => (safe.test(url.trim()) ? url : '')

/** A link says where it goes, leaves this page alone and tells the other nothing of us. */
function Link({ href, children }: ComponentProps<'a'>) {
  if (!href) return <span>{children}</span>
  const shown = typeof children === 'string' && children === href
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" title={href}>
      {children}
      {!shown && <small className="kb-url">{host(href)}</small>}
    </a>
  )
}
const host = (href: string) => {
  try {
    return new URL(href).host
  } catch {
    return href
  }
}

/** Pictures are never fetched: loading one would tell a stranger who reads what. */
const Picture = ({ alt, src }: ComponentProps<'img'>) => (
  <span className="kb-picture" title={typeof src === 'string' ? src : undefined}>
    🖼 {alt || (typeof src === 'string' ? src : '')}
  </span>
)
const components = { a: Link, img: Picture }

/** Markdown as people write it to models, without raw HTML (it is shown as the text it is). */
export const Markdown = ({ text }: { readonly text: string }) => (
  <div className="kb-markdown" dir="auto">
    <Render remarkPlugins={plugins} components={components} urlTransform={keepUrl}>
      {text}
    </Render>
  </div>
)
