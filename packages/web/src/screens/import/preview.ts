import type { WireOutput } from '@kasauti/contract'

/** An upload's first rows under some reading options, with a proposed mapping. */
export type Preview = WireOutput<'upload.preview'>
export type ReadOptions = Preview['options']
export type Mapping = Preview['mapping']
