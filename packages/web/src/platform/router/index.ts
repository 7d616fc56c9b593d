export { type BatchesSearch, batchViews, readBatchesSearch } from './batches-search.ts'
export { readImportSearch } from './import-search.ts'
export {
  type ItemsFilter,
  type ItemsSearch,
  type ItemsSort,
  readItemsSearch,
} from './items-search.ts'
