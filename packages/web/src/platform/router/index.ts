export { NotAllowed } from './guard.ts'
export {
  type ItemsFilter,
  type ItemsSearch,
  type ItemsSort,
  readItemsSearch,
} from './items-search.ts'
export { router } from './routes.tsx'
