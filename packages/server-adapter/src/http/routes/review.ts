import {
  getReview,
  listPlatformAudit,
  listReviews,
  REVIEW_STEP_OPERATIONS,
  rejectDeployment,
  updateAppTrust,
} from '@souk/extension-sdk/protocol'
import type { Services } from '../../services/create-services'
import { defineRoute, type Route } from '../route'
import { auditQuery, emptyBody, idParams, pageQuery, rejectBody, slugParams, trustBody } from '../schemas'

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
  defineRoute({
    operation: getReview,
    summary: 'What was submitted, beside what is offered now.',
    tag,
    params: idParams,
    handle: ({ actor, params }) => services.review.get(actor, params.id),
  }),
  defineRoute({
    operation: listPlatformAudit,
    summary: 'Who changed what anywhere, newest first.',
    tag,
    query: auditQuery,
    handle: ({ actor, query }) => services.auditLog.ofPlatform(actor, query),
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
    operation: updateAppTrust,
    summary: 'Marks an app as verified, or lets its versions pass without a review.',
    tag,
    params: slugParams,
    body: trustBody,
    handle: ({ actor, params, body }) => services.review.updateApp(actor, params.slug, body),
  }),
  defineRoute({
    operation: rejectDeployment,
    summary: 'Rejects a deployment with a reason.',
    tag,
    params: idParams,
    body: rejectBody,
    handle: ({ actor, params, body }) => services.review.reject(actor, params.id, body.reason),
  }),
]
