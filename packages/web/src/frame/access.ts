import type { ProjectRole } from '@kasauti/core'
import type { Me } from '../platform/api/index.ts'

/** Who may open which screen of a project; the same lists as the contract's operations behind it. */
export const projectScreens = [
  { id: 'overview', to: '/projects/$projectId', roles: 'everybody' },
  { id: 'work', to: '/projects/$projectId/work', roles: ['associate', 'reviewer', 'lead'] },
  { id: 'review', to: '/projects/$projectId/review', roles: ['reviewer', 'lead'] },
  { id: 'board', to: '/projects/$projectId/board', roles: ['lead', 'manager'] },
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
  { id: 'settings', to: '/projects/$projectId/settings', roles: ['lead', 'manager'] },
] as const satisfies readonly {
  id: string
  to: string
  roles: 'everybody' | readonly ProjectRole[]
}[]

export type ProjectScreen = (typeof projectScreens)[number]

/** The screens of a project that a person with these roles may open. */
export const screensFor = (mine: readonly ProjectRole[]): ProjectScreen[] =>
  projectScreens.filter((s) => s.roles === 'everybody' || s.roles.some((r) => mine.includes(r)))

/** Leads or manages somewhere: sees the boards across projects. */
export const leads = (me: Me): boolean =>
  me.admin || me.projects.some((p) => p.roles.some((r) => r === 'lead' || r === 'manager'))
