/** Every address of the page: one line per screen, its code loaded when it is visited. */
import { ApiError } from '@kasauti/contract/client'
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { admit, Crashed, Frame, leads, NotFound, Signed } from './frame/index.ts'
import { Waiting } from './parts/index.ts'
import { meQuery, queryClient } from './platform/api/index.ts'
import { readBatchesSearch, readImportSearch, readItemsSearch } from './platform/router/index.ts'

/** A path on this site, or nothing: a return path must not lead elsewhere. */
const ownPath = (to: unknown): string | undefined =>
  typeof to === 'string' && /^\/(?![/\\])/.test(to) ? to : undefined

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { to: string | undefined } => ({ to: ownPath(search['to']) }),
  component: lazyRouteComponent(() => import('./screens/sign-in/index.ts'), 'SignInScreen'),
})
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup/$secret',
  component: lazyRouteComponent(() => import('./screens/setup/index.ts'), 'SetupScreen'),
})
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invite/$secret',
  component: lazyRouteComponent(() => import('./screens/invitation/index.ts'), 'InvitationScreen'),
})
const password = createRoute({
  getParentRoute: () => root,
  path: '/password/$secret',
  component: lazyRouteComponent(() => import('./screens/password/index.ts'), 'PasswordScreen'),
})

const signed = createRoute({
  getParentRoute: () => root,
  id: 'signed',
  component: Signed,
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData({ ...meQuery, staleTime: 60_000 })
    } catch (thrown) {
      if (thrown instanceof ApiError && thrown.status === 401)
        throw redirect({
          to: '/sign-in',
          search: { to: location.href === '/' ? undefined : location.href },
        })
      throw thrown
    }
  },
})
const framed = createRoute({ getParentRoute: () => signed, id: 'framed', component: Frame })

const today = createRoute({
  getParentRoute: () => framed,
  path: '/',
  component: lazyRouteComponent(() => import('./screens/today/index.ts'), 'TodayScreen'),
})
const projects = createRoute({
  getParentRoute: () => framed,
  path: '/projects',
  component: lazyRouteComponent(() => import('./screens/projects/index.ts'), 'ProjectsScreen'),
})
const newProject = createRoute({
  getParentRoute: () => framed,
  path: '/projects/new',
  beforeLoad: () => admit((me) => me.mayCreateProjects),
  component: lazyRouteComponent(() => import('./screens/new-project/index.ts'), 'NewProjectScreen'),
})
const overview = createRoute({
  getParentRoute: () => framed,
  path: '/projects/$projectId',
  component: lazyRouteComponent(() => import('./screens/overview/index.ts'), 'OverviewScreen'),
})
const items = createRoute({
  getParentRoute: () => framed,
  path: '/projects/$projectId/items',
  beforeLoad: ({ params }) => admit('items', params.projectId),
  validateSearch: readItemsSearch,
  component: lazyRouteComponent(() => import('./screens/items/index.ts'), 'ItemsScreen'),
})
const item = createRoute({
  getParentRoute: () => framed,
  path: '/projects/$projectId/items/$itemId',
  beforeLoad: ({ params }) => admit('items', params.projectId),
  component: lazyRouteComponent(() => import('./screens/item/index.ts'), 'ItemScreen'),
})
const importing = createRoute({
  getParentRoute: () => framed,
  path: '/projects/$projectId/import',
  beforeLoad: ({ params }) => admit('import', params.projectId),
  validateSearch: readImportSearch,
  component: lazyRouteComponent(() => import('./screens/import/index.ts'), 'ImportScreen'),
})
const oneImport = createRoute({
  getParentRoute: () => framed,
  path: '/projects/$projectId/imports/$importId',
  beforeLoad: ({ params }) => admit('import', params.projectId),
  component: lazyRouteComponent(() => import('./screens/import/index.ts'), 'ImportRunScreen'),
})
const schema = createRoute({
  getParentRoute: () => framed,
  path: '/projects/$projectId/schema',
  beforeLoad: ({ params }) => admit('schema', params.projectId),
  component: lazyRouteComponent(() => import('./screens/schema/index.ts'), 'SchemaScreen'),
})
const people = createRoute({
  getParentRoute: () => framed,
  path: '/projects/$projectId/people',
  beforeLoad: ({ params }) => admit('people', params.projectId),
  component: lazyRouteComponent(() => import('./screens/people/index.ts'), 'PeopleScreen'),
})
const deliveries = createRoute({
  getParentRoute: () => framed,
  path: '/projects/$projectId/deliveries',
  beforeLoad: ({ params }) => admit('deliveries', params.projectId),
  component: lazyRouteComponent(() => import('./screens/deliveries/index.ts'), 'DeliveriesScreen'),
})
const delivery = createRoute({
  getParentRoute: () => framed,
  path: '/projects/$projectId/deliveries/$deliveryId',
  beforeLoad: ({ params }) => admit('deliveries', params.projectId),
  component: lazyRouteComponent(() => import('./screens/deliveries/index.ts'), 'DeliveryScreen'),
})
const board = createRoute({
  getParentRoute: () => framed,
  path: '/board',
  beforeLoad: () => admit(leads),
  component: lazyRouteComponent(() => import('./screens/board/index.ts'), 'BoardScreen'),
})
const projectBoard = createRoute({
  getParentRoute: () => framed,
  path: '/projects/$projectId/board',
  beforeLoad: ({ params }) => admit('board', params.projectId),
  component: lazyRouteComponent(() => import('./screens/board/index.ts'), 'ProjectBoardScreen'),
})
const time = createRoute({
  getParentRoute: () => framed,
  path: '/projects/$projectId/time',
  beforeLoad: ({ params }) => admit('time', params.projectId),
  component: lazyRouteComponent(() => import('./screens/time/index.ts'), 'TimeScreen'),
})
const batches = createRoute({
  getParentRoute: () => framed,
  path: '/batches',
  beforeLoad: () => admit(leads),
  validateSearch: readBatchesSearch,
  component: lazyRouteComponent(() => import('./screens/batches/index.ts'), 'MyBatchesScreen'),
})
const projectBatches = createRoute({
  getParentRoute: () => framed,
  path: '/projects/$projectId/batches',
  beforeLoad: ({ params }) => admit('batches', params.projectId),
  validateSearch: readBatchesSearch,
  component: lazyRouteComponent(() => import('./screens/batches/index.ts'), 'BatchesScreen'),
})
const batch = createRoute({
  getParentRoute: () => framed,
  path: '/projects/$projectId/batches/$batchId',
  beforeLoad: ({ params }) => admit('batches', params.projectId),
  component: lazyRouteComponent(() => import('./screens/batches/index.ts'), 'BatchScreen'),
})
const inHand = createRoute({
  getParentRoute: () => framed,
  path: '/projects/$projectId/in-hand',
  beforeLoad: ({ params }) => admit('in-hand', params.projectId),
  component: lazyRouteComponent(() => import('./screens/in-hand/index.ts'), 'InHandScreen'),
})
const settings = createRoute({
  getParentRoute: () => framed,
  path: '/projects/$projectId/settings',
  beforeLoad: ({ params }) => admit('settings', params.projectId),
  component: lazyRouteComponent(() => import('./screens/settings/index.ts'), 'SettingsScreen'),
})
const gold = createRoute({
  getParentRoute: () => framed,
  path: '/projects/$projectId/gold',
  beforeLoad: ({ params }) => admit('gold', params.projectId),
  component: lazyRouteComponent(() => import('./screens/gold/index.ts'), 'GoldScreen'),
})
const goldItem = createRoute({
  getParentRoute: () => framed,
  path: '/projects/$projectId/items/$itemId/gold',
  beforeLoad: ({ params }) => admit('gold', params.projectId),
  component: lazyRouteComponent(() => import('./screens/gold/index.ts'), 'GoldItemScreen'),
})
const myGold = createRoute({
  getParentRoute: () => framed,
  path: '/projects/$projectId/my-gold',
  component: lazyRouteComponent(() => import('./screens/my-gold/index.ts'), 'MyGoldScreen'),
})
const appeals = createRoute({
  getParentRoute: () => framed,
  path: '/projects/$projectId/appeals',
  beforeLoad: ({ params }) => admit('appeals', params.projectId),
  component: lazyRouteComponent(() => import('./screens/appeals/index.ts'), 'AppealsScreen'),
})
const training = createRoute({
  getParentRoute: () => framed,
  path: '/projects/$projectId/training',
  component: lazyRouteComponent(() => import('./screens/questions/index.ts'), 'TrainingScreen'),
})
const sitting = createRoute({
  getParentRoute: () => framed,
  path: '/projects/$projectId/sittings/$sittingId',
  component: lazyRouteComponent(() => import('./screens/questions/index.ts'), 'SittingScreen'),
})
const mySkills = createRoute({
  getParentRoute: () => framed,
  path: '/my-skills',
  component: lazyRouteComponent(() => import('./screens/skills/index.ts'), 'MySkillsScreen'),
})
const skills = createRoute({
  getParentRoute: () => framed,
  path: '/skills',
  beforeLoad: () => admit((me) => me.mayCreateProjects),
  component: lazyRouteComponent(() => import('./screens/skills/index.ts'), 'SkillsScreen'),
})
const account = createRoute({
  getParentRoute: () => framed,
  path: '/account',
  component: lazyRouteComponent(() => import('./screens/account/index.ts'), 'AccountScreen'),
})
const adminPeople = createRoute({
  getParentRoute: () => framed,
  path: '/admin/people',
  beforeLoad: () => admit((me) => me.admin),
  component: lazyRouteComponent(
    () => import('./screens/admin-people/index.ts'),
    'AdminPeopleScreen',
  ),
})
const holidays = createRoute({
  getParentRoute: () => framed,
  path: '/admin/holidays',
  beforeLoad: () => admit((me) => me.admin),
  component: lazyRouteComponent(() => import('./screens/holidays/index.ts'), 'HolidaysScreen'),
})
const system = createRoute({
  getParentRoute: () => framed,
  path: '/admin/system',
  beforeLoad: () => admit((me) => me.admin),
  component: lazyRouteComponent(() => import('./screens/system/index.ts'), 'SystemScreen'),
})

const workflow = createRoute({
  getParentRoute: () => framed,
  path: '/projects/$projectId/workflow',
  beforeLoad: ({ params }) => admit('workflow', params.projectId),
  component: lazyRouteComponent(() => import('./screens/workflow/index.ts'), 'WorkflowScreen'),
})

const nothing = createRoute({
  getParentRoute: () => framed,
  path: '$',
  component: NotFound,
})

const work = createRoute({
  getParentRoute: () => signed,
  path: '/projects/$projectId/work',
  beforeLoad: ({ params }) => admit('work', params.projectId),
  component: lazyRouteComponent(() => import('./workbench/index.ts'), 'WorkbenchScreen'),
})
const review = createRoute({
  getParentRoute: () => signed,
  path: '/projects/$projectId/review',
  beforeLoad: ({ params }) => admit('review', params.projectId),
  component: lazyRouteComponent(() => import('./workbench/index.ts'), 'ReviewScreen'),
})

const adjudicate = createRoute({
  getParentRoute: () => signed,
  path: '/projects/$projectId/adjudicate',
  beforeLoad: ({ params }) => admit('adjudicate', params.projectId),
  component: lazyRouteComponent(() => import('./workbench/index.ts'), 'AdjudicateScreen'),
})
const auditing = createRoute({
  getParentRoute: () => signed,
  path: '/projects/$projectId/audit',
  beforeLoad: ({ params }) => admit('audit', params.projectId),
  component: lazyRouteComponent(() => import('./workbench/index.ts'), 'AuditScreen'),
})
const everything = createRoute({
  getParentRoute: () => signed,
  path: '/work',
  component: lazyRouteComponent(() => import('./workbench/index.ts'), 'EverythingScreen'),
})

const routeTree = root.addChildren([
  signIn,
  setup,
  invitation,
  password,
  signed.addChildren([
    framed.addChildren([
      today,
      projects,
      newProject,
      overview,
      items,
      item,
      importing,
      oneImport,
      schema,
      people,
      board,
      projectBoard,
      batches,
      projectBatches,
      batch,
      inHand,
      deliveries,
      delivery,
      time,
      workflow,
      settings,
      gold,
      goldItem,
      myGold,
      appeals,
      training,
      sitting,
      mySkills,
      skills,
      account,
      adminPeople,
      holidays,
      system,
      nothing,
    ]),
    everything,
    work,
    review,
    adjudicate,
    auditing,
  ]),
])

function Pending() {
  return (
    <div className="page">
      <Waiting />
    </div>
  )
}

export const router = createRouter({
  routeTree,
  defaultErrorComponent: Crashed,
  defaultNotFoundComponent: NotFound,
  defaultPendingComponent: Pending,
  defaultPendingMs: 300,
  defaultPreload: 'intent',
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
