import { type ReactNode, useEffect } from 'react'

type PageProps = {
  readonly title: string
  readonly sub?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A screen inside the frame: heading, what can be done, content. Names the window. */
export function Page({ title, sub, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Kasauti`
  }, [title])
  return (
    <div className="page">
      <header className="page-head">
        <div className="grow">
          <h1 dir="auto">{title}</h1>
          {sub && <div className="sub">{sub}</div>}
        </div>
        {actions && <div className="line-row">{actions}</div>}
      </header>
      {children}
    </div>
  )
}
