import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Command } from './command.ts'
import { connect, loginFile } from './connect.ts'
import { say } from './print.ts'

export const login: Command = {
  name: 'login',
  summary: 'Keep the address of a server and a personal access token for the commands below.',
  takes: [],
  options: {
    url: { help: 'address of the server', value: 'ADDRESS' },
    token: { help: 'personal access token, made on your profile page', value: 'TOKEN' },
  },
  run: async (args) => {
    const [url, token] = [args.need('url').replace(/\/+$/, ''), args.need('token')]
    const me = await connect(args).call('session.me')
    mkdirSync(dirname(loginFile()), { recursive: true, mode: 0o700 })
    writeFileSync(loginFile(), `${JSON.stringify({ url, token })}\n`, { mode: 0o600 })
    say(`Signed in to ${url} as ${me.name}.`)
    return 0
  },
}
