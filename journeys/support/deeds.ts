/** What people do in many journeys, done as they do it: by roles and names, in either language. */
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { Person } from './browser.ts'

export type Account = { readonly name: string; readonly email: string; readonly password: string }
export type Answered<T> = { readonly status: number; readonly body: T }

/** A call of the API with the session of the person's page. */
export function api<T = Record<string, unknown>>(
  person: Person,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answered<T>> {
  return person.page.evaluate(
    async ([verb, to, sent]) => {
      const answer = await fetch(`/api/v1${to}`, {
        method: verb,
        ...(sent === undefined
          ? {}
          : { body: sent, headers: { 'content-type': 'application/json' } }),
      })
      const text = await answer.text()
      const json = (answer.headers.get('content-type') ?? '').includes('json')
      return { status: answer.status, body: json ? JSON.parse(text) : text }
    },
    [method, path, body === undefined ? undefined : JSON.stringify(body)] as const,
  )
}

/** The same, of something that must succeed. */
export async function told<T = Record<string, unknown>>(
  person: Person,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const { status, body: answer } = await api<T>(person, method, path, body)
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`)
  return answer
}

const either = (en: string, hi: string) => new RegExp(`^(${en}|${hi})`)
const words = {
  name: either('Name', 'नाम'),
  email: either('E-mail', 'ई-मेल'),
  password: either('Password', 'पासवर्ड'),
}

async function fillAccount({ page }: Person, account: Account): Promise<void> {
  await page.getByRole('textbox', { name: words.name }).fill(account.name)
  const email = page.getByRole('textbox', { name: words.email })
  if (await email.isEditable()) await email.fill(account.email)
  await page.getByLabel(words.password).first().fill(account.password)
}

/** The one-time link, as far as the choice of the first projects. */
export async function becomeAdmin(
  person: Person,
  setupLink: string,
  account: Account,
): Promise<void> {
  const { page } = person
  await page.goto(setupLink)
  await fillAccount(person, account)
  await page.getByRole('button', { name: 'Make the account' }).click()
  await page.getByRole('heading', { name: 'What would you like to start with?' }).waitFor()
}

/** A project from a template (by its title on the card); gives its id. */
export async function makeProject(
  { page }: Person,
  wanted: { readonly template: string; readonly name: string; readonly samples: boolean },
): Promise<string> {
  await page.goto('/projects/new')
  await page.getByRole('radio', { name: wanted.template }).click()
  await page.getByRole('textbox', { name: /^Name/ }).fill(wanted.name)
  const samples = page.getByRole('checkbox', { name: /^Put in/ })
  if (await samples.isVisible()) await samples.setChecked(wanted.samples)
  await page.getByRole('button', { name: 'Make the project' }).click()
  await page.waitForURL(/\/projects\/prj_/)
  const id = /prj_[a-z0-9]+/.exec(page.url())?.[0]
  if (!id) throw new Error(`no project at ${page.url()}`)
  return id
}

export type Guest = { readonly name: string; readonly roles: readonly string[] }

/** An invitation made on the page of the project's people; gives the link. Roles by their names shown. */
export async function inviteByPage(
  { page }: Person,
  projectId: string,
  guest: Guest,
): Promise<string> {
  await page.goto(`/projects/${projectId}/people`)
  await page.getByRole('textbox', { name: 'Name (optional)' }).fill(guest.name)
  await chooseRoles({ page }, guest.roles)
  await page.getByRole('button', { name: 'Make an invitation link' }).click()
  const link = page.getByRole('textbox', { name: 'Invitation link' })
  await link.waitFor()
  return link.inputValue()
}

/** The roles of the invitation: it begins with Associate. */
async function chooseRoles({ page }: Pick<Person, 'page'>, roles: readonly string[]) {
  const card = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'Invite somebody new' }) })
  await openList({ page }, card.getByRole('combobox', { name: 'Roles', exact: true }))
  const associate = roles.includes('Associate') ? [] : ['Associate']
  for (const role of [...roles.filter((r) => r !== 'Associate'), ...associate])
    await page.getByRole('option', { name: new RegExp(`^${role}\\b`) }).click()
  await page.keyboard.press('Escape')
}

/** Opens the list of a select of several, by its keys: its box has no room of its own to click on. */
export async function openList({ page }: Pick<Person, 'page'>, select: Locator): Promise<void> {
  await select.focus()
  await page.keyboard.press('ArrowDown')
  await page.getByRole('listbox').waitFor()
}

/** Opens an invitation and makes the account; ends on Today. */
export async function acceptInvitation(
  person: Person,
  link: string,
  account: Account & { readonly language?: 'en' | 'hi' },
): Promise<void> {
  const { page } = person
  await page.goto(new URL(link).pathname)
  await page.getByRole('textbox', { name: words.name }).waitFor()
  const language = account.language === 'hi' ? 'हिन्दी' : 'English'
  await page.getByRole('radio', { name: language }).check({ force: true })
  await fillAccount(person, account)
  await page.getByRole('button', { name: either('Accept and sign in', 'स्वीकार करें') }).click()
  await page.waitForURL((url) => url.pathname === '/')
}

export type ChosenFile =
  | string
  | { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }
export type ImportChoices = {
  readonly key?: string
  /** Input title -> the column, or 'the whole row'. */
  readonly mapping?: Readonly<Record<string, string>>
}
export type ImportRun = {
  readonly importId: string
  readonly state: string
  readonly items: number
  readonly rejected: number
  readonly duplicates: number
  readonly error?: string
  readonly sampleRejects: readonly { readonly place: string; readonly reason: string }[]
}

/** Puts a file on the import page, as far as its preview or a refusal. */
export async function chooseFile(
  { page }: Person,
  projectId: string,
  file: ChosenFile,
): Promise<'preview' | 'refused'> {
  await page.goto(`/projects/${projectId}/import`)
  const choose = page.getByRole('button', { name: 'Choose a file' })
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), choose.click()])
  await chooser.setFiles(file)
  const start = page.getByRole('button', { name: /^(Start the import|Import it again)$/ })
  const refusal = page.getByRole('alert')
  await start.and(page.locator(':enabled')).or(refusal).first().waitFor({ timeout: 120_000 })
  return (await start.isEnabled({ timeout: 1000 }).catch(() => false)) ? 'preview' : 'refused'
}

/** The whole way of a file through the page; gives the import as it ended. */
export async function importFile(
  person: Person,
  projectId: string,
  file: ChosenFile,
  choices: ImportChoices = {},
): Promise<ImportRun> {
  expect(await chooseFile(person, projectId, file)).toBe('preview')
  const wanted = { ...choices.mapping, ...(choices.key === undefined ? {} : { Key: choices.key }) }
  for (const [label, column] of Object.entries(wanted)) await pick(person, label, column)
  return startImport(person, projectId)
}

/** Presses Start on the import page and follows the import to its end. */
async function startImport(person: Person, projectId: string): Promise<ImportRun> {
  const { page } = person
  await page.getByRole('button', { name: /^(Start the import|Import it again)$/ }).click()
  await page.waitForURL(/\/imports\/imp_/)
  const importId = /imp_[a-z0-9]+/.exec(page.url())?.[0] ?? ''
  for (;;) {
    const run = await told<ImportRun>(person, 'GET', `/projects/${projectId}/imports/${importId}`)
    if (run.state !== 'queued' && run.state !== 'running') return run
    await page.waitForTimeout(150)
  }
}

/** Chooses an option of a select by its label, as far as it is not chosen already. */
async function pick({ page }: Person, label: string, option: string): Promise<void> {
  const select = page
    .getByRole('combobox', { name: label, exact: true })
    .or(page.getByRole('textbox', { name: label, exact: true }))
    .first()
  if ((await select.inputValue()) === option) return
  await select.click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

/** Nothing went wrong in anybody's page: no error, no CSP report, no request to elsewhere. */
export function noTrouble(...people: readonly Person[]): void {
  expect(people.flatMap((p) => p.trouble)).toEqual([])
}
