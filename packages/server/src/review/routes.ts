import { handlers } from '../platform/http/handler.ts'
import { review } from './review.ts'

export const routes = handlers({
  'work.review': (ctx, { params, body }) => review(ctx, { ...params, ...body }),
})
