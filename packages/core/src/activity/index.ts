export { type ActiveInterval, type ActiveTime, activeTime, idleCutOffMs } from './active-time.ts'
export {
  Activity,
  type ActivityKind,
  ActivityMark,
  activityKinds,
  Beat,
  beatsPerSending,
  marksPerBeat,
  type ReceivedBeat,
} from './beat.ts'
export {
  type BucketCounts,
  bucketFromMs,
  bucketMs,
  bucketOf,
  countBuckets,
  quantile,
} from './histogram.ts'
