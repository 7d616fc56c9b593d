export { canonicalJson, type Hashed, revisionHash } from './hash.ts'
export {
  deleteFacets,
  type Facet,
  insertRevision,
  insertRevisionAtCommit,
  type LockedAnnotation,
  lockAnnotation,
  type NewRevision,
  setAnnotationState,
  setReviewer,
} from './storage.ts'
