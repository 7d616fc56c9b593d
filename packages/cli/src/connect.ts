/** The server a command talks to: --url and --token, the environment, or what `login` kept. */
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { type Client, contract, createClient } from '@kasauti/contract'
import { type Arguments, type Option, UsageError } from './command.ts'

export const connectOptions: Readonly<Record<string, Option>> = {
  url: { help: 'address of the server (or KASAUTI_URL, or what "login" kept)', value: 'ADDRESS' },
  token: { help: 'personal access token (or KASAUTI_TOKEN, or what "login" kept)', value: 'TOKEN' },
}

export const loginFile = (): string =>
  join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'kasauti', 'login.json')

export function addressOf(args: Arguments): { readonly url: string; readonly token: string } {
  const said = {
    url: args.one('url') ?? process.env['KASAUTI_URL'],
    token: args.one('token') ?? process.env['KASAUTI_TOKEN'],
  }
  const kept = said.url === undefined || said.token === undefined ? readLogin() : {}
  const url = said.url ?? kept.url
  // A token kept for one server is not told to another.
  const token = said.token ?? (url === kept.url ? kept.token : undefined)
  if (url === undefined || token === undefined)
    throw new UsageError('Say which server: --url and --token, or "login" first.')
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new UsageError(`"${url}" is not the address of a server: http://localhost:8090 is one.`)
  return { url: url.replace(/\/+$/, ''), token }
}

export function connect(args: Arguments): Client {
  const { url, token } = addressOf(args)
  return createClient({ routes: contract, baseUrl: url, token })
}

function readLogin(): { url?: string; token?: string } {
  if (!existsSync(loginFile())) return {}
  try {
    return JSON.parse(readFileSync(loginFile(), 'utf8')) as { url?: string; token?: string }
  } catch {
    throw new UsageError(`${loginFile()} is not readable: "login" again.`)
  }
}
