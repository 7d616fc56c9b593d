/** For every operation a call that succeeds for whoever may make it. */
import type { OperationName } from '@kasauti/contract'
import { json } from '../platform/db/index.ts'
import { hashSecret, newSecret } from '../platform/ids.ts'
import {
  freshSession,
  makeAssignment,
  makeInvitation,
  makeItem,
  makeJob,
  makeLink,
  makePerson,
  type Place,
  password,
  schema,
  taxonomy,
  wire,
} from './world.fixture.ts'

export type Call = {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly raw?: string
  /** The status of success where it is not 200. */
  readonly status?: number
}
type Example = (place: Place) => Call | Promise<Call>

/** Operations whose handlers are not there yet: this list must end empty. */
export const pending: readonly OperationName[] = [
  'delivery.create',
  'delivery.list',
  'delivery.get',
  'delivery.file',
  'delivery.cancel',
]

const nothing: Example = () => ({})
const p = (place: Place) => ({ projectId: wire('project', place.projectId) })
const inProject: Example = (place) => ({ params: p(place) })
const assignment =
  (kind: 'leased' | 'submitted' | 'review', body?: unknown): Example =>
  async (place) => {
    const { assignmentId } = await makeAssignment(place, kind)
    return {
      params: { ...p(place), assignmentId: wire('assignment', assignmentId) },
      ...(body === undefined ? {} : { body }),
    }
  }
const item =
  (state: 'open' | 'removed'): Example =>
  async (place) => ({
    params: { ...p(place), itemId: wire('item', (await makeItem(place, state)).itemId) },
  })
const person =
  (projectId?: 'in the project'): ((place: Place) => Promise<string>) =>
  async (place) =>
    wire('user', (await makePerson(place.world, projectId && place.projectId)).userId)
const outsider = person()
const member = person('in the project')

let n = 0
async function upload(place: Place): Promise<string> {
  const { world } = place
  const admin = world.callers.find((c) => c.admin)?.person
  const cookie = admin ? await freshSession(world, admin) : ''
  const answer = await world.http.send(
    'POST',
    `/projects/${p(place).projectId}/uploads?fileName=a.jsonl`,
    { cookie, raw: `{"id":"u${++n}","body":"text ${n}"}\n` },
  )
  if (answer.status !== 200) throw new Error(`no upload: ${answer.text}`)
  return answer.json.uploadId
}

async function importRow(place: Place, state: 'queued' | 'done'): Promise<string> {
  const { app } = place.world
  const key = { project_id: place.projectId, created_by: place.userId, created_at: app.now() }
  const jobId = await makeJob(place, { kind: 'import', state })
  const uploadId = app.newId()
  const importId = app.newId()
  const detected = json({ format: 'jsonl', encoding: 'utf-8' })
  await app.db
    .insertInto('uploads')
    .values({
      ...key,
      upload_id: uploadId,
      file_name: 'a.jsonl',
      bytes: 1,
      sha256: importId,
      detected,
      confidence: 1,
    })
    .execute()
  await app.db
    .insertInto('imports')
    .values({
      ...key,
      import_id: importId,
      job_id: jobId,
      upload_id: uploadId,
      sha256: importId,
      file_name: 'a.jsonl',
      options: detected,
      mapping: json({ inputs: {} }),
    })
    .execute()
  return wire('import', importId)
}
const importing =
  (state: 'queued' | 'done'): Example =>
  async (place) => ({ params: { ...p(place), importId: await importRow(place, state) } })

async function notification({ world, userId }: Place): Promise<string> {
  const id = world.app.newId()
  await world.app.db
    .insertInto('notifications')
    .values({
      notification_id: id,
      user_id: userId,
      kind: 'import-done',
      params: json({}),
      href: '/',
      created_at: world.app.now(),
    })
    .execute()
  return wire('notification', id)
}

async function view({ world, projectId, userId }: Place): Promise<string> {
  const id = world.app.newId()
  await world.app.db
    .insertInto('saved_views')
    .values({
      project_id: projectId,
      view_id: id,
      user_id: userId,
      name: `view ${++n}`,
      shared: false,
      sort: 'ordinal',
      direction: 'asc',
      filter: json({}),
      created_at: world.app.now(),
    })
    .execute()
  return wire('view', id)
}

async function token({ world, userId }: Place): Promise<string> {
  const id = world.app.newId()
  await world.app.db
    .insertInto('access_tokens')
    .values({
      token_id: id,
      user_id: userId,
      secret_hash: hashSecret(newSecret()),
      name: 'x',
      created_at: world.app.now(),
    })
    .execute()
  return wire('token', id)
}

async function versionInForce({ world, projectId }: Place): Promise<number> {
  const row = await world.app.db
    .selectFrom('projects')
    .select('schema_version')
    .where('project_id', '=', projectId)
    .executeTakeFirstOrThrow()
  return row.schema_version
}

const answers = { topic: 'a' }
const newcomer = () => ({
  email: `new${++n}@example.test`,
  name: 'नया साथी',
  password: 'a phrase of my own',
})

export const examples: Readonly<Partial<Record<OperationName, Example>>> = {
  'session.signIn': ({ world }) => ({ body: { email: world.author.email, password } }),
  'session.signOut': nothing,
  'session.list': nothing,
  'session.signOutEverywhere': nothing,
  'session.me': nothing,
  'session.updateMe': () => ({ body: { preferences: { theme: 'dark' } } }),
  'session.changePassword': () => ({
    body: { current: password, password: 'another phrase for me' },
  }),
  'session.setupInfo': async ({ world }) => ({
    params: { secret: await makeLink(world, 'password-reset') },
  }),
  // There are people already: the link is refused by the handler, which everybody may reach.
  'session.setup': async ({ world }) => ({
    params: { secret: await makeLink(world, 'first-admin') },
    body: newcomer(),
    status: 410,
  }),
  'token.list': nothing,
  'token.create': () => ({ body: { name: 'laptop' } }),
  'token.revoke': async (place) => ({ params: { tokenId: await token(place) } }),
  'user.list': nothing,
  'user.update': async (place) => ({
    params: { userId: await outsider(place) },
    body: { name: 'Renamed' },
  }),
  'user.resetPassword': async (place) => ({ params: { userId: await outsider(place) } }),
  'user.setPassword': async ({ world }) => ({
    params: { secret: await makeLink(world, 'password-reset') },
    body: { password: 'a phrase of my own' },
  }),
  'invitation.list': nothing,
  'invitation.create': (place) => ({ body: { grants: [{ ...p(place), roles: ['associate'] }] } }),
  'invitation.revoke': async ({ world }) => ({
    params: { invitationId: wire('invitation', (await makeInvitation(world)).invitationId) },
  }),
  'invitation.show': async ({ world }) => ({
    params: { secret: (await makeInvitation(world)).secret },
  }),
  'invitation.accept': async ({ world }) => ({
    params: { secret: (await makeInvitation(world)).secret },
    body: newcomer(),
  }),
  'project.list': nothing,
  'project.create': () => ({ body: { name: 'New', schema } }),
  'project.get': inProject,
  'project.update': (place) => ({ params: p(place), body: { summary: 'changed' } }),
  'project.progress': inProject,
  'member.list': inProject,
  'member.set': async (place) => ({
    params: { ...p(place), userId: await outsider(place) },
    body: { roles: ['associate'] },
  }),
  'member.remove': async (place) => ({ params: { ...p(place), userId: await member(place) } }),
  'member.candidates': inProject,
  'member.invite': (place) => ({ params: p(place), body: { roles: ['reviewer'] } }),
  'schema.get': inProject,
  'schema.list': inProject,
  'schema.publish': async (place) => ({
    params: p(place),
    body: {
      schema: {
        ...schema,
        fields: schema.fields.map((f) => ({ ...f, title: { en: `Topic ${++n}` } })),
      },
      basedOn: await versionInForce(place),
    },
  }),
  'schema.check': () => ({ body: { schema } }),
  'taxonomy.list': inProject,
  'taxonomy.get': (place) => ({ params: { ...p(place), name: 'topics', version: '1' } }),
  'taxonomy.publish': (place) => ({
    params: { ...p(place), name: 'others' },
    body: { ...taxonomy, nodes: [...taxonomy.nodes, { id: `n${++n}`, title: { en: 'N' } }] },
  }),
  'template.list': nothing,
  'upload.create': (place) => ({
    params: p(place),
    query: { fileName: 'नमूना.jsonl' },
    raw: `{"id":${++n},"body":"x"}\n`,
  }),
  'upload.preview': async (place) => ({ params: { ...p(place), uploadId: await upload(place) } }),
  'import.start': async (place) => ({ params: p(place), body: { uploadId: await upload(place) } }),
  'import.list': inProject,
  'import.get': importing('done'),
  'import.cancel': importing('queued'),
  'import.rejects': importing('done'),
  'import.undo': importing('done'),
  'work.today': nothing,
  'work.claim': async (place) => {
    await makeItem(place)
    const stage =
      place.roles.includes('associate') || place.roles.includes('lead') ? 'annotate' : 'review'
    return { params: p(place), body: { stage } }
  },
  'work.get': assignment('leased'),
  'work.recent': inProject,
  'work.heartbeat': assignment('leased', { activeMs: 5 }),
  'work.saveDraft': assignment('leased', { activeMs: 5, answers, basedOn: 0 }),
  'work.submit': assignment('leased', { activeMs: 5, answers }),
  'work.skip': assignment('leased', { activeMs: 5, reason: 'unclear', note: 'x' }),
  'work.reopen': assignment('submitted'),
  'work.release': assignment('leased'),
  'work.review': assignment('review', { activeMs: 5, verdict: 'accepted' }),
  'item.list': inProject,
  'item.get': item('open'),
  'item.remove': item('open'),
  'item.restore': item('removed'),
  'view.list': inProject,
  'view.save': (place) => ({
    params: p(place),
    body: { name: `view ${++n}`, sort: 'ordinal', direction: 'asc', filter: {} },
  }),
  'view.remove': async (place) => ({ params: { ...p(place), viewId: await view(place) } }),
  'notification.list': nothing,
  'notification.read': async (place) => ({ body: { ids: [await notification(place)] } }),
  'job.list': inProject,
  'job.get': async (place) => ({
    params: {
      ...p(place),
      jobId: wire('job', await makeJob(place, { kind: 'import', state: 'done' })),
    },
  }),
  'system.health': nothing,
  'system.status': nothing,
  'system.events': nothing,
  'system.audit': nothing,
}
