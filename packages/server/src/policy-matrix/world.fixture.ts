/** Two projects with people in every role, and whatever an operation needs to succeed, made anew for each call. */
import { encodeId, type IdKind, idPrefixes, type ProjectRole, projectRoles } from '@kasauti/core'
import { type Person, seedPerson, seedProject, type TestApp, type TestHttp } from '@kasauti/testkit'
import { json } from '../platform/db/index.ts'
import { hashSecret, newSecret } from '../platform/ids.ts'
import { hashPassword } from '../session/index.ts'

export const password = 'a phrase for everybody here'
export const schema = {
  version: 1,
  inputs: [{ id: 'body', kind: 'text', config: {} }],
  fields: [
    {
      id: 'topic',
      kind: 'choice',
      title: { en: 'Topic' },
      required: true,
      per: { of: 'item' },
      config: {
        mode: 'single',
        options: [
          { value: 'a', title: { en: 'A' } },
          { value: 'b', title: { en: 'B' } },
        ],
      },
    },
  ],
}
export const taxonomy = {
  title: { en: 'Topics' },
  nodes: [{ id: 'news', title: { en: 'News', hi: 'समाचार' } }],
}

export type Caller = {
  readonly name: string
  readonly person: Person | undefined
  readonly by: 'cookie' | 'token' | 'nothing'
  /** Roles by project. */
  readonly roles: { readonly a: readonly ProjectRole[]; readonly b: readonly ProjectRole[] }
  readonly admin: boolean
}
export type Which = 'a' | 'b'

export type World = {
  readonly app: TestApp
  readonly http: TestHttp
  readonly projects: { readonly a: string; readonly b: string }
  readonly callers: readonly Caller[]
  /** An author whose work others review; a member of both projects. */
  readonly author: Person
  readonly passwordHash: string
}

export async function makeWorld(app: TestApp, http: TestHttp): Promise<World> {
  const passwordHash = await hashPassword(password)
  const person = (name: string, admin = false) => seedPerson(app, { name, admin, passwordHash })
  const admin = await person('admin', true)
  await person('second admin', true)
  const author = await person('author')
  const everything = await person('token')
  const outsider = await person('outsider')
  const byRole: Caller[] = []
  for (const role of projectRoles)
    byRole.push({
      name: role,
      person: await person(role),
      by: 'cookie',
      roles: { a: [role], b: [] },
      admin: false,
    })
  const callers: Caller[] = [
    { name: 'anonymous', person: undefined, by: 'nothing', roles: { a: [], b: [] }, admin: false },
    ...byRole,
    { name: 'admin', person: admin, by: 'cookie', roles: { a: [], b: [] }, admin: true },
    {
      name: 'member of the other project',
      person: outsider,
      by: 'cookie',
      roles: { a: [], b: projectRoles },
      admin: false,
    },
    {
      name: 'token',
      person: everything,
      by: 'token',
      roles: { a: projectRoles, b: [] },
      admin: false,
    },
  ]
  const project = (which: Which) =>
    seedProject(app, {
      name: `Project ${which}`,
      by: admin,
      schema,
      members: [
        { person: author, roles: ['associate', 'lead'] },
        ...callers.flatMap((c) =>
          c.person && c.roles[which].length > 0
            ? [{ person: c.person, roles: c.roles[which] }]
            : [],
        ),
      ],
    })
  const projects = { a: await project('a'), b: await project('b') }
  for (const projectId of Object.values(projects))
    await app.db
      .insertInto('taxonomies')
      .values({
        project_id: projectId,
        name: 'topics',
        version: 1,
        taxonomy_id: app.newId(),
        title: json(taxonomy.title),
        nodes: json(taxonomy.nodes),
        node_count: 1,
        created_by: admin.userId,
        created_at: app.now(),
      })
      .execute()
  return { app, http, projects, callers, author, passwordHash }
}

export const wire = (kind: IdKind, uuid: string): string => encodeId(idPrefixes[kind], uuid)

/** What an example may build with: a project and somebody in it. */
export type Place = {
  readonly world: World
  readonly projectId: string
  readonly userId: string
  /** The caller's roles in the project; admins have all. */
  readonly roles: readonly ProjectRole[]
}

export async function freshSession({ app }: World, person: Person): Promise<string> {
  const secret = newSecret()
  const now = app.now()
  await app.db
    .insertInto('sessions')
    .values({
      session_id: app.newId(),
      user_id: person.userId,
      secret_hash: hashSecret(secret),
      device: 'matrix',
      created_at: now,
      last_seen_at: now,
      expires_at: new Date(now.getTime() + 3_600_000),
    })
    .execute()
  return secret
}

let made = 0
export async function makeItem(
  { world: { app }, projectId }: Place,
  state: 'open' | 'removed' = 'open',
): Promise<{ itemId: string; ordinal: number }> {
  const itemId = app.newId()
  const ordinal = 1000 + ++made
  const now = app.now()
  await app.db
    .insertInto('items')
    .values({
      project_id: projectId,
      item_id: itemId,
      ordinal,
      key: `matrix-${ordinal}`,
      state: 'open',
      wanted: 1,
      slots: state === 'open' ? 1 : 0,
      removed_at: state === 'removed' ? now : null,
      created_at: now,
      updated_at: now,
    })
    .execute()
  await app.db
    .insertInto('item_inputs')
    .values({
      project_id: projectId,
      item_id: itemId,
      inputs: json({ body: { text: 'नमस्ते' } }),
      preview: 'नमस्ते',
    })
    .execute()
  return { itemId, ordinal }
}

type Assignment = { readonly assignmentId: string; readonly itemId: string }

/** An assignment of the person: annotating under lease, annotated, or reviewing the author's work. */
export async function makeAssignment(
  place: Place,
  kind: 'leased' | 'submitted' | 'review',
): Promise<Assignment> {
  const { app, author } = place.world
  const { projectId } = place
  const { itemId, ordinal } = await makeItem(place)
  const assignmentId = app.newId()
  const now = app.now()
  const annotated = kind !== 'leased'
  const annotationId = annotated ? app.newId() : null
  const by = kind === 'review' ? author.userId : place.userId
  if (annotationId)
    await makeAnnotation(place, {
      annotationId,
      itemId,
      ordinal,
      by,
      assignmentId: kind === 'review' ? app.newId() : assignmentId,
      review: kind === 'review' ? assignmentId : null,
    })
  await app.db
    .updateTable('items')
    .set(
      annotated
        ? { slots: 0, submitted: 1, annotations: 1, state: 'annotated' }
        : { slots: 0, leased: 1 },
    )
    .where('project_id', '=', projectId)
    .where('item_id', '=', itemId)
    .execute()
  await app.db
    .insertInto('assignments')
    .values({
      project_id: projectId,
      assignment_id: assignmentId,
      item_id: itemId,
      stage: kind === 'review' ? 'review' : 'annotate',
      user_id: place.userId,
      state: kind === 'submitted' ? 'submitted' : 'leased',
      annotation_id: annotationId,
      schema_version: 1,
      presentation: json({ candidates: {} }),
      started_at: now,
      lease_expires_at: new Date(now.getTime() + 1_800_000),
      finished_at: kind === 'submitted' ? now : null,
    })
    .execute()
  return { assignmentId, itemId }
}

async function makeAnnotation(
  { world: { app }, projectId }: Place,
  a: {
    annotationId: string
    itemId: string
    ordinal: number
    by: string
    assignmentId: string
    review: string | null
  },
): Promise<void> {
  const now = app.now()
  const shared = {
    project_id: projectId,
    annotation_id: a.annotationId,
    author_id: a.by,
    revision: 1,
    answers: json({ topic: 'a' }),
    schema_version: 1,
    active_ms: 10,
    hash: 'h',
  }
  await app.db
    .insertInto('annotations')
    .values({
      ...shared,
      item_id: a.itemId,
      ordinal: a.ordinal,
      assignment_id: a.assignmentId,
      state: 'submitted',
      submitted_at: now,
      updated_at: now,
      review_assignment_id: a.review,
    })
    .execute()
  await app.db
    .insertInto('annotation_revisions')
    .values({ ...shared, reason: 'submitted', created_at: now })
    .execute()
}

export async function makeJob(
  { world: { app }, projectId, userId }: Place,
  o: { kind: string; state: string },
): Promise<string> {
  const jobId = app.newId()
  await app.db
    .insertInto('jobs')
    .values({
      project_id: projectId,
      job_id: jobId,
      kind: o.kind,
      state: o.state,
      title: 'Job',
      progress: json({ done: 0, unit: 'items' }),
      created_by: userId,
      created_at: app.now(),
    })
    .execute()
  return jobId
}

/** A new person who is in no project, or in this one as an associate. */
export async function makePerson(world: World, projectId?: string): Promise<Person> {
  const person = await seedPerson(world.app, { name: 'somebody', passwordHash: world.passwordHash })
  if (projectId)
    await world.app.db
      .insertInto('members')
      .values({
        project_id: projectId,
        user_id: person.userId,
        roles: ['associate'],
        added_at: world.app.now(),
      })
      .execute()
  return person
}

export async function makeInvitation(
  world: World,
): Promise<{ invitationId: string; secret: string }> {
  const secret = newSecret()
  const invitationId = world.app.newId()
  await world.app.db
    .insertInto('invitations')
    .values({
      invitation_id: invitationId,
      secret_hash: hashSecret(secret),
      admin: false,
      grants: json([{ projectId: world.projects.a, roles: ['associate'] }]),
      invited_by: world.author.userId,
      created_at: world.app.now(),
      expires_at: new Date(world.app.now().getTime() + 3_600_000),
    })
    .execute()
  return { invitationId, secret }
}

export async function makeLink(
  world: World,
  purpose: 'first-admin' | 'password-reset',
): Promise<string> {
  const secret = newSecret()
  const person = await makePerson(world)
  await world.app.db
    .insertInto('one_time_links')
    .values({
      secret_hash: hashSecret(secret),
      purpose,
      user_id: purpose === 'password-reset' ? person.userId : null,
      created_at: world.app.now(),
      expires_at: new Date(world.app.now().getTime() + 3_600_000),
    })
    .execute()
  return secret
}
