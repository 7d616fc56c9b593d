export { revisionHash } from './hash.ts'
export {
  type Change,
  changeAnnotations,
  deleteFacets,
  insertRevision,
  insertRevisionAtCommit,
  type LockedAnnotation,
  lockAnnotation,
  setReviewer,
  setVerdict,
} from './storage.ts'
