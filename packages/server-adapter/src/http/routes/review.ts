import { listReviews, REVIEW_STEP_OPERATIONS, rejectDeployment } from '@souk/extension-sdk/protocol'
import type { Services } from '../../services/create-services'
import { defineRoute, type Route } from '../route'
import { emptyBody, idParams, pageQuery, rejectBody } from '../schemas'

const tag = 'Review'

/** What the platform's reviewers do. */
export const reviewRoutes = (services: Services): readonly Route[] => [
  defineRoute({
    operation: listReviews,
    summary: 'What waits for a review or is in one.',
    tag,
    query: pageQuery,
    handle: ({ actor, query }) => services.review.list(actor, query),
  }),
  ...(['start', 'approve'] as const).map((step) =>
    defineRoute({
      operation: REVIEW_STEP_OPERATIONS[step],
      summary: `Moves a review on: ${step}.`,
      tag,
      params: idParams,
      body: emptyBody,
      handle: ({ actor, params }) => services.review[step](actor, params.id),
    }),
  ),
  defineRoute({
    operation: rejectDeployment,
    summary: 'Rejects a deployment with a reason.',
    tag,
    params: idParams,
    body: rejectBody,
    handle: ({ actor, params, body }) => services.review.reject(actor, params.id, body.reason),
  }),
]
