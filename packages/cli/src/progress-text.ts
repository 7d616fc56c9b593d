import type { WireOutput } from '@kasauti/contract'
import { bytesText } from './print.ts'

type Progress = WireOutput<'import.get'>['progress']

/** `312.0 MB of 1.0 GB, 31 %, 20.1 MB/s, 35 s left` */
export function progressText(p: Progress): string {
  const amount = (n: number) => (p.unit === 'bytes' ? bytesText(n) : `${Math.round(n)} ${p.unit}`)
  const parts = [p.total === undefined ? amount(p.done) : `${amount(p.done)} of ${amount(p.total)}`]
  if (p.total !== undefined && p.total > 0) parts.push(`${Math.floor((p.done / p.total) * 100)} %`)
  if (p.ratePerSecond !== undefined) parts.push(`${amount(p.ratePerSecond)}/s`)
  if (p.secondsLeft !== undefined) parts.push(`${Math.ceil(p.secondsLeft)} s left`)
  return parts.join(', ')
}
