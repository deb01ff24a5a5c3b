import type { Services } from '../../services/create-services'
import { defineRoute, type Route } from '../route'
import { deploymentSchema, emptyBody, idParams, pageOf, pageQuery, rejectBody, reviewItemSchema } from '../schemas'

const tag = 'Review'

/** What the platform's reviewers do. */
export const reviewRoutes = (services: Services): readonly Route[] => [
  defineRoute({
    method: 'get',
    path: '/review/deployments',
    summary: 'What waits for a review or is in one.',
    tag,
    query: pageQuery,
    response: pageOf(reviewItemSchema),
    handle: ({ actor, query }) => services.review.list(actor, query),
  }),
  ...(['start', 'approve'] as const).map((step) =>
    defineRoute({
      method: 'post',
      path: `/review/deployments/{id}/${step}`,
      summary: `Moves a review on: ${step}.`,
      tag,
      params: idParams,
      body: emptyBody,
      response: deploymentSchema,
      handle: ({ actor, params }) => services.review[step](actor, params.id),
    }),
  ),
  defineRoute({
    method: 'post',
    path: '/review/deployments/{id}/reject',
    summary: 'Rejects a deployment with a reason.',
    tag,
    params: idParams,
    body: rejectBody,
    response: deploymentSchema,
    handle: ({ actor, params, body }) => services.review.reject(actor, params.id, body.reason),
  }),
]
