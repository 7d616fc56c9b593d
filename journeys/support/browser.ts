/** A real Chromium; each person has a context of their own. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { findChromium } from '../../scripts/chromium.ts'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export function openBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('no Chromium: see npm test')
  return chromium.launch({ executablePath, args: flags })
}

export type Look = { readonly theme?: 'light' | 'dark'; readonly language?: 'en' | 'hi' }

/** One person's browser: 1366x768, no request to anywhere but the program, errors of the page kept. */
export async function personAt(browser: Browser, url: string, look: Look = {}) {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    colorScheme: look.theme ?? 'light',
    locale: look.language === 'hi' ? 'hi-IN' : 'en-IN',
    baseURL: url,
    acceptDownloads: true,
  })
  const page = await context.newPage()
  const trouble = watch(context, page, url)
  return { context, page, trouble }
}
export type Person = Awaited<ReturnType<typeof personAt>>

/** Everything that should never happen in a page: script errors, CSP reports, requests to elsewhere. */
function watch(context: BrowserContext, page: Page, url: string): string[] {
  const trouble: string[] = []
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`))
  page.on('console', (message) => {
    const text = message.text()
    if (message.type() === 'error' && /Content Security Policy|Refused to/.test(text))
      trouble.push(text)
  })
  context.on('request', (request) => {
    const to = request.url()
    if (!to.startsWith(url) && !/^(data|blob):/.test(to)) trouble.push(`request to ${to}`)
  })
  return trouble
}

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

/** Violations of WCAG 2.2 A and AA on the page as it is now, one line each. */
export async function axe(page: Page): Promise<string[]> {
  // Evaluated by the debugger, so the page's own CSP stays as strict as it is.
  await page.evaluate(axeSource)
  // What is still fading in has the colours of the way, not of its end.
  await page.evaluate(async () => {
    const running = document.getAnimations().filter((a) => {
      const end = a.effect?.getComputedTiming().endTime
      return typeof end === 'number' && end < 2000
    })
    await Promise.all(running.map((a) => a.finished.catch(() => undefined)))
  })
  return page.evaluate(async () => {
    type Node = { target: unknown[]; failureSummary?: string }
    type Report = { violations: { id: string; impact: string; nodes: Node[] }[] }
    const run = (globalThis as unknown as { axe: { run(o: unknown): Promise<Report> } }).axe.run
    const report = await run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    })
    return report.violations.flatMap((v) =>
      v.nodes.map((n) => `${v.id} (${v.impact}): ${n.target.join(' ')}: ${n.failureSummary ?? ''}`),
    )
  })
}
