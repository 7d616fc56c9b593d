export {
  type ItemsFilter,
  type ItemsSearch,
  type ItemsSort,
  readItemsSearch,
} from './items-search.ts'
