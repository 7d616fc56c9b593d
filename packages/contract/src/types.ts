/** What an operation takes and gives: on the wire (clients) and decoded (server). */
import type { z } from 'zod'
import type { Contract, OperationName } from './registry.ts'

export type WireParams<N extends OperationName> = z.input<Contract[N]['params']>
export type WireQuery<N extends OperationName> = z.input<Contract[N]['query']>
export type WireBody<N extends OperationName> = z.input<Contract[N]['body']>
export type WireOutput<N extends OperationName> = z.input<Contract[N]['output']>
export type Input<N extends OperationName> = {
  readonly params: z.output<Contract[N]['params']>
  readonly query: z.output<Contract[N]['query']>
  readonly body: z.output<Contract[N]['body']>
}
export type Output<N extends OperationName> = z.output<Contract[N]['output']>
