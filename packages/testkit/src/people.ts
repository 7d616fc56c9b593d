import { type ProjectRole, simpleWorkflow, type Workflow } from '@kasauti/core'
import { type App, hashSecret, json, newSecret } from '@kasauti/server'

export type Person = {
  readonly userId: string
  readonly name: string
  readonly email: string
  /** The secret of a live session. */
  readonly cookie: string
  /** A personal access token. */
  readonly token: string
}

/** A person who is signed in and has a token; their password is nobody's. */
export async function seedPerson(
  app: App,
  o: { readonly name: string; readonly admin?: boolean; readonly passwordHash?: string },
): Promise<Person> {
  const now = app.now()
  const userId = app.newId()
  const email = `${o.name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${userId.slice(-6)}@example.test`
  const cookie = newSecret()
  const token = `kas_${newSecret()}`
  await app.db
    .insertInto('users')
    .values({
      user_id: userId,
      email,
      name: o.name,
      password_hash: o.passwordHash ?? 'none',
      admin: o.admin ?? false,
      preferences: json({ locale: 'en', theme: 'auto', keys: {} }),
      created_at: now,
    })
    .execute()
  await app.db
    .insertInto('sessions')
    .values({
      session_id: app.newId(),
      user_id: userId,
      secret_hash: hashSecret(cookie),
      device: 'test',
      created_at: now,
      last_seen_at: now,
      expires_at: new Date(now.getTime() + 86_400_000),
    })
    .execute()
  await app.db
    .insertInto('access_tokens')
    .values({
      token_id: app.newId(),
      user_id: userId,
      secret_hash: hashSecret(token),
      name: 'test',
      created_at: now,
    })
    .execute()
  return { userId, name: o.name, email, cookie, token }
}

const settings = {
  queue: { order: 'sequential' },
  skipReasons: [{ id: 'unclear', title: { en: 'Unclear' }, consequence: 'others' }],
  instructions: { en: '', hi: '' },
}

/** A project without items under the given task schema, made by `by`, with these members. */
export async function seedProject(
  app: App,
  o: {
    readonly name: string
    readonly by: Person
    readonly schema: unknown
    readonly workflow?: Workflow
    readonly members?: readonly {
      readonly person: Person
      readonly roles: readonly ProjectRole[]
    }[]
  },
): Promise<string> {
  const now = app.now()
  const projectId = app.newId()
  await app.db
    .insertInto('projects')
    .values({
      project_id: projectId,
      name: o.name,
      summary: '',
      created_by: o.by.userId,
      created_at: now,
      schema_version: 1,
      settings: json(settings),
      seed: 7,
    })
    .execute()
  await app.db
    .insertInto('task_schemas')
    .values({
      project_id: projectId,
      version: 1,
      schema: json(o.schema),
      note: '',
      created_by: o.by.userId,
      created_at: now,
    })
    .execute()
  await app.db
    .insertInto('workflows')
    .values({
      project_id: projectId,
      version: 1,
      workflow: json(o.workflow ?? simpleWorkflow({ overlap: 1, review: 'all' })),
      note: '',
      created_by: o.by.userId,
      created_at: now,
    })
    .execute()
  await app.db
    .insertInto('batches')
    .values({
      project_id: projectId,
      batch_id: projectId,
      name: '',
      state: 'open',
      created_by: o.by.userId,
      created_at: now,
      opened_at: now,
    })
    .execute()
  for (const { person, roles } of o.members ?? [])
    await app.db
      .insertInto('members')
      .values({ project_id: projectId, user_id: person.userId, roles: [...roles], added_at: now })
      .execute()
  return projectId
}
