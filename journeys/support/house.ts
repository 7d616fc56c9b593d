/** A house with people in it, made through the API: for journeys whose story begins later. */
import { type Client, contract, createClient } from '@kasauti/contract'
import type { Person } from './browser.ts'

export type Account = { readonly name: string; readonly email: string; readonly password: string }
type Role = 'associate' | 'reviewer' | 'lead' | 'manager' | 'engineer' | 'stakeholder'

const password = 'sandal-wood-boat-1947'
const account = (name: string): Account => ({
  name,
  email: `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@example.org`,
  password,
})

export type House = { readonly client: Client; readonly admin: Account }

/** Becomes the first admin by the one-time link and makes an access token. */
export async function foundHouse(url: string, setupLink: string): Promise<House> {
  const admin = account('Meera Nair')
  const secret = setupLink.split('/').at(-1) ?? ''
  const headers = { 'content-type': 'application/json', origin: url }
  const made = await fetch(`${url}/api/v1/setup/${secret}`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ ...admin, locale: 'en' }),
  })
  if (!made.ok) throw new Error(await made.text())
  const cookie = made.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ')
  const token = await fetch(`${url}/api/v1/tokens`, {
    method: 'POST',
    headers: { ...headers, cookie },
    body: JSON.stringify({ name: 'journey' }),
  })
  const { secret: bearer } = (await token.json()) as { secret: string }
  return { client: createClient({ routes: contract, baseUrl: url, token: bearer }), admin }
}

/** Invites somebody into projects and accepts for them. */
export async function addPerson(
  house: House,
  name: string,
  grants: readonly { readonly projectId: string; readonly roles: Role[] }[],
): Promise<Account> {
  const who = account(name)
  const { link } = await house.client.call('invitation.create', {
    body: { name, grants: [...grants] },
  })
  const secret = link.split('/').at(-1) ?? ''
  await house.client.call('invitation.accept', {
    params: { secret },
    body: { ...who, locale: 'en' },
  })
  return who
}

export async function signIn(person: Person, who: Account): Promise<void> {
  await person.page.goto('/sign-in')
  await person.page.getByRole('textbox', { name: /^E-mail|^ई-मेल/ }).fill(who.email)
  await person.page.locator('input[type=password]').fill(who.password)
  await person.page.keyboard.press('Enter')
  await person.page.getByRole('navigation').first().waitFor()
}
