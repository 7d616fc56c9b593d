import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { LanguageSwitch } from './LanguageSwitch.tsx'

type OutsideProps = {
  readonly title: string
  readonly sub?: ReactNode
  readonly width?: 'narrow' | 'wide'
  readonly children: ReactNode
}

/** A page for somebody who is not signed in: one card, and the language. */
export function Outside({ title, sub, width = 'narrow', children }: OutsideProps) {
  useEffect(() => {
    document.title = `${title} · Kasauti`
  }, [title])
  return (
    <div className="outside">
      <header className="outside-head">
        <span className="brand">
          <i lang="hi">कसौटी</i> <span lang="en">Kasauti</span>
        </span>
        <div>
          <LanguageSwitch />
        </div>
      </header>
      <main className={width === 'wide' ? 'outside-card wide' : 'outside-card'}>
        <div>
          <h1>{title}</h1>
          {sub && <div className="sub">{sub}</div>}
        </div>
        {children}
      </main>
      <span />
    </div>
  )
}
