import { findListProblem } from './find-list-problem'
import { isName } from './parse'

/** A function that outside services reach by a URL of their own, once the app has asked for one. */
export interface WebhookEntry {
  /** The name of its file: `orders` for `orders.webhook.ts`. */
  readonly id: string
  /** `path#export`. */
  readonly function: string
}

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]*$/

/** What is wrong with the webhooks of a manifest. */
export const findWebhooksProblem = (
  webhooks: unknown,
  functions: readonly { readonly id: unknown; readonly callable: unknown }[],
): string | undefined => {
  if (webhooks === undefined) return undefined
  return findListProblem(webhooks, 'webhooks', 200, (item, at) => {
    if (!isName(item.id, 100) || !ID.test(item.id)) return `${at}.id must be the name of a file, such as orders.`
    const entry = functions.find(({ id }) => id === item.function)
    if (!entry) return `${at}.function must be the id of one of its functions.`
    // Its requests come from outside services. A page that could call it would invent them.
    return entry.callable === false ? undefined : `${at}.function must not be callable from the browser.`
  })
}

const SUFFIX = /\.webhook(?:\.[cm]?[jt]sx?)?$/

/** The id of a webhook by its file, however it is written: `orders`, `orders.webhook.ts` or `src/webhooks/orders.webhook.ts`. */
export const webhookIdOf = (fileName: string): string =>
  fileName.replaceAll('\\', '/').replace(/^.*\//, '').replace(SUFFIX, '')
