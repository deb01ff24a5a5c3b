import { RESOURCES, slugOf } from './resources'

/** What the shop tells of: everything but its own webhooks, when it is created and when it changes. */
export const TOPICS: readonly string[] = RESOURCES.filter((resource) => resource !== 'Webhook').flatMap((resource) =>
  ['created', 'updated'].map((change) => `${slugOf(resource)}.${change}`),
)
