/** Working at the bench, reviewing and delivering, as a person does it: by keys and by what is on the screen. */
import { createHash } from 'node:crypto'
import type { Client } from '@kasauti/contract'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** The key of the item on the screen. */
export async function keyOnScreen(page: Page): Promise<string> {
  const text = await page.locator('header .clip').textContent()
  return (text ?? '').replace(/^\s*\/\s*/, '').trim()
}

/** Opens Today, presses Enter on Continue and stands at the first item, whose first field waits for keys. */
export async function begin(page: Page): Promise<void> {
  await page.goto('/')
  const button = page.getByRole('button', { name: /^Continue/ })
  await button.or(page.getByRole('link', { name: /^Continue/ })).waitFor()
  await page.keyboard.press('Enter')
  await page.locator('[role=group][data-active]').first().waitFor()
}

/** Submits with the keys and waits for another item, or for the end of the queue. */
export async function submit(page: Page): Promise<void> {
  const before = await keyOnScreen(page)
  await page.keyboard.press('Control+Enter')
  await page.waitForFunction(
    (key) => !(document.querySelector('header .clip')?.textContent ?? '').includes(key),
    before,
  )
}

export async function allSaved(page: Page): Promise<void> {
  await page.locator('[role=status][data-state=saved]').waitFor()
}

/** Accepts `n` annotations with the keys, after which nothing is left. */
export async function acceptAll(page: Page, projectId: string, n: number): Promise<void> {
  await page.goto(`/projects/${projectId}/review`)
  const accepted = (r: { url(): string; ok(): boolean }) => r.url().endsWith('/review') && r.ok()
  for (let i = 0; i < n; i++) {
    await page.locator('[role=group][data-spot]').first().waitFor()
    const sent = page.waitForResponse(accepted)
    await page.keyboard.press('Control+Enter')
    await sent
  }
  await page.getByText('Nothing left to review').waitFor()
}

/** What stands first in the conversation on the screen: the user's prompt. */
export function promptOnScreen(page: Page): Promise<string> {
  return page
    .locator('[data-role=user] > div')
    .first()
    .evaluate((turn) =>
      [...turn.children]
        .slice(1)
        .map((c) => c.textContent ?? '')
        .join(' '),
    )
}

/** The words of the answer under a letter. */
export function answerOnScreen(page: Page, slot: string): Promise<string> {
  return page.getByRole('region', { name: new RegExp(`\\b${slot}\\b`) }).evaluate((column) =>
    [...column.children]
      .slice(1)
      .map((c) => c.textContent ?? '')
      .join(' '),
  )
}

export type Delivered = {
  readonly key: string
  readonly state: string
  readonly inputs: Readonly<Record<string, unknown>>
  readonly annotations: readonly { readonly answers: Readonly<Record<string, unknown>> }[]
}

/** Makes a delivery in the page, checks its manifest against the screen and the bytes, and reads it. */
export async function deliver(
  page: Page,
  client: Client,
  o: { readonly projectId: string; readonly items: number },
): Promise<Map<string, Delivered>> {
  const { projectId, items } = o
  await page.goto(`/projects/${projectId}/deliveries`)
  await page.getByRole('textbox', { name: /^Name/ }).fill('First round')
  await page.getByText(`accepted: ${items}`, { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Make the delivery' }).click()
  await page.getByRole('link', { name: 'Download the manifest' }).waitFor()
  const { rows } = await client.call('delivery.list', { params: { projectId } })
  const delivery = rows[0]
  if (!delivery?.manifest) throw new Error('no manifest')
  expect(delivery.manifest.items).toBe(items)
  const files = new Map<string, Buffer>()
  for (const file of delivery.manifest.files) {
    const params = { projectId, deliveryId: delivery.deliveryId, name: file.name }
    const answer = await page.context().request.get(client.url('delivery.file', { params }))
    const bytes = await answer.body()
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256)
    files.set(file.format, bytes)
  }
  const lines = files.get('jsonl')?.toString('utf8').trim().split('\n') ?? []
  expect(lines).toHaveLength(items)
  return new Map(lines.map((line) => JSON.parse(line)).map((d: Delivered) => [d.key, d]))
}
