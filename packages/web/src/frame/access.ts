import type { ProjectRole, Stage } from '@kasauti/core'
import type { Me } from '../platform/api/index.ts'

/** Who may open which screen of a project; the same lists as the contract's operations behind it. */
export const projectScreens = [
  { id: 'overview', to: '/projects/$projectId', roles: 'everybody' },
  { id: 'work', to: '/projects/$projectId/work', roles: ['associate', 'reviewer', 'lead'] },
  { id: 'review', to: '/projects/$projectId/review', roles: ['reviewer', 'lead'] },
  {
    id: 'adjudicate',
    to: '/projects/$projectId/adjudicate',
    roles: ['associate', 'reviewer', 'lead'],
  },
  { id: 'audit', to: '/projects/$projectId/audit', roles: ['reviewer', 'lead'] },
  { id: 'board', to: '/projects/$projectId/board', roles: ['lead', 'manager'] },
  {
    id: 'batches',
    to: '/projects/$projectId/batches',
    roles: ['lead', 'manager', 'engineer', 'reviewer', 'stakeholder'],
  },
  { id: 'in-hand', to: '/projects/$projectId/in-hand', roles: ['lead', 'manager'] },
  { id: 'time', to: '/projects/$projectId/time', roles: ['lead', 'manager'] },
  {
    id: 'items',
    to: '/projects/$projectId/items',
    roles: ['lead', 'manager', 'engineer', 'reviewer'],
  },
  { id: 'import', to: '/projects/$projectId/import', roles: ['lead', 'engineer', 'manager'] },
  {
    id: 'schema',
    to: '/projects/$projectId/schema',
    roles: ['lead', 'engineer', 'manager', 'reviewer'],
  },
  {
    id: 'people',
    to: '/projects/$projectId/people',
    roles: ['lead', 'manager', 'engineer', 'reviewer'],
  },
  {
    id: 'deliveries',
    to: '/projects/$projectId/deliveries',
    roles: ['lead', 'manager', 'engineer', 'stakeholder'],
  },
  { id: 'workflow', to: '/projects/$projectId/workflow', roles: 'everybody' },
  { id: 'gold', to: '/projects/$projectId/gold', roles: ['lead', 'manager'] },
  {
    id: 'appeals',
    to: '/projects/$projectId/appeals',
    roles: ['associate', 'reviewer', 'lead', 'manager'],
    nav: ['reviewer', 'lead', 'manager'],
  },
  { id: 'settings', to: '/projects/$projectId/settings', roles: ['lead', 'manager'] },
] as const satisfies readonly {
  id: string
  to: string
  roles: 'everybody' | readonly ProjectRole[]
  /** Who finds it in the navigation, where not everybody does who may open it. */
  nav?: readonly ProjectRole[]
}[]

export type ProjectScreen = (typeof projectScreens)[number]

/** The screens of a project that a person with these roles may open. */
export const screensFor = (mine: readonly ProjectRole[]): ProjectScreen[] =>
  projectScreens.filter((s) => s.roles === 'everybody' || s.roles.some((r) => mine.includes(r)))

/** Of these, what stands in the navigation. */
export const inNav = (
  screens: readonly ProjectScreen[],
  mine: readonly ProjectRole[],
): readonly ProjectScreen[] =>
  screens.filter((s) => !('nav' in s) || s.nav.some((r) => mine.includes(r)))

const stageOfScreen: Partial<Readonly<Record<ProjectScreen['id'], Stage>>> = {
  work: 'annotate',
  review: 'review',
  adjudicate: 'adjudicate',
  audit: 'audit',
}
/** Without the benches of stages the workflow does not have, or does not give to this person. */
export const withStages = (
  screens: readonly ProjectScreen[],
  mine: readonly Stage[],
): readonly ProjectScreen[] =>
  screens.filter((s) => {
    const stage = stageOfScreen[s.id]
    return stage === undefined || mine.includes(stage)
  })

/** Leads or manages somewhere: sees the boards across projects. */
export const leads = (me: Me): boolean =>
  me.admin || me.projects.some((p) => p.roles.some((r) => r === 'lead' || r === 'manager'))
