export { revisionHash } from './hash.ts'
export {
  changeAnnotations,
  deleteFacets,
  insertRevision,
  insertRevisionAtCommit,
  type LockedAnnotation,
  lockAnnotation,
  setReviewer,
  setVerdict,
} from './storage.ts'
