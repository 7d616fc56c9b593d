/** Who calls: a session cookie or a personal access token. */
import type { IncomingMessage } from 'node:http'
import { KasautiError } from '@kasauti/core'
import type { App } from '../app.ts'
import { hashSecret } from '../ids.ts'
import type { Caller } from './handler.ts'
import { tokenPrefix } from './secrets.ts'
import {
  findVisitorBySession,
  findVisitorByToken,
  type Person,
  touchSession,
  touchToken,
  type Visitor,
} from './storage.ts'

const idleHours = 12
export const sessionDays = 30
const touchSeconds = 60

export type Credential =
  | { readonly kind: 'cookie'; readonly secret: string }
  | { readonly kind: 'token'; readonly secret: string }
  | { readonly kind: 'none' }

/** `__Host-` binds the cookie to this host and to https; without https browsers refuse the prefix. */
const cookieName = (origin: string): string =>
  origin.startsWith('https:') ? '__Host-kasauti' : 'kasauti'

export function sessionCookie(origin: string, secret: string): string {
  const secure = origin.startsWith('https:') ? '; Secure' : ''
  return `${cookieName(origin)}=${secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${sessionDays * 86_400}${secure}`
}

export function endedSessionCookie(origin: string): string {
  const secure = origin.startsWith('https:') ? '; Secure' : ''
  return `${cookieName(origin)}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${secure}`
}

/** A presented Authorization header counts alone: a wrong one is not forgiven for a good cookie. */
export function credentialOf(incoming: IncomingMessage, origin: string): Credential {
  const header = incoming.headers.authorization
  if (header !== undefined) {
    const [, secret] = /^Bearer ([!-~]{1,200})$/i.exec(header) ?? []
    return { kind: 'token', secret: secret ?? '' }
  }
  const wanted = `${cookieName(origin)}=`
  for (const part of (incoming.headers.cookie ?? '').split(';')) {
    const pair = part.trim()
    if (pair.startsWith(wanted)) return { kind: 'cookie', secret: pair.slice(wanted.length) }
  }
  return { kind: 'none' }
}

/** What a caller is in the project of the path, in one look with who they are. */
export type Membership = Pick<Visitor, 'project_found' | 'roles' | 'archived'>

/** The caller, or undefined. `last_seen_at` moves at most once a minute, beside the request. */
export async function callerOf(
  app: App,
  credential: Credential,
  at: { readonly now: Date; readonly projectId: string | undefined },
): Promise<{ readonly caller: Caller; readonly membership: Membership } | undefined> {
  if (credential.kind === 'none') return undefined
  if (credential.kind === 'token') {
    if (!credential.secret.startsWith(tokenPrefix)) return undefined
    const visitor = await findVisitorByToken(app.db, hashSecret(credential.secret), at)
    if (!visitor) return undefined
    const caller = seen(app, { person: visitor, touch: touchToken, now: at.now })
    return { caller, membership: visitor }
  }
  const idleSince = new Date(at.now.getTime() - idleHours * 3_600_000)
  const visitor = await findVisitorBySession(app.db, hashSecret(credential.secret), {
    ...at,
    idleSince,
  })
  if (!visitor) return undefined
  const caller = seen(app, { person: visitor, touch: touchSession, now: at.now })
  return { caller: { ...caller, sessionId: visitor.credential_id }, membership: visitor }
}

type Seen = { readonly person: Person; readonly touch: typeof touchSession; readonly now: Date }

function seen(app: App, { person, touch, now }: Seen): Caller {
  if (!person.seen_at || now.getTime() - person.seen_at.getTime() > touchSeconds * 1000)
    touch(app.db, person, now).catch((error) =>
      app.log.warn({ err: error }, 'last seen not stored'),
    )
  return { userId: person.user_id, name: person.name, admin: person.admin }
}

export const authRequired = (): KasautiError => new KasautiError('auth/required', 'Sign in first.')
