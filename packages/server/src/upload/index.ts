export { firstRows, pathOf, readLimits, readUpload, settleOptions } from './open.ts'
export { type Feed, type Mapping, proposeMapping, shareIn } from './propose-mapping.ts'
export { routes } from './routes.ts'
export {
  type EarlierImport,
  findEarlierImport,
  findSchemaVersionInForce,
  findUpload,
  type ReadOptions,
  type UploadRow,
} from './storage.ts'
export { sweeps } from './sweep.ts'
