export { revisionHash } from './hash.ts'
export {
  deleteFacets,
  insertRevision,
  insertRevisionAtCommit,
  type LockedAnnotation,
  lockAnnotation,
  setAnnotationState,
  setReviewer,
} from './storage.ts'
