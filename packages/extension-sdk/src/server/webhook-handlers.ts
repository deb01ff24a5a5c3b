import type { PlainValue } from '../protocol/plain-value'
import { webhookIdOf } from '../protocol/webhook'
import { askPlatform } from './call-context'
import type { WebhookHandlerPlace } from './webhook-function'

export type WebhookMetadata = Readonly<Record<string, PlainValue>>

export interface CreateWebhookHandlerInput {
  /** The file that handles it: `orders` or `orders.webhook.ts`. */
  readonly fileName: string
  /** The trigger of the app that its events are for. */
  readonly triggerId?: string
  /** The workflow of the product that its events are for. */
  readonly workflowId?: string
  /** A connection that the call may use. The handler gets this one and no other, and goes with it. */
  readonly connectionId?: string
  /** What the service calls the webhook, to take it back later. */
  readonly externalWebhookId?: string
  /** JSON that the handler gets with each delivery, at most 16 KiB. Secrets of signatures belong here. */
  readonly metadata?: WebhookMetadata
}

export interface WebhookHandlerChanges {
  readonly triggerId?: string | null
  readonly workflowId?: string | null
  readonly externalWebhookId?: string | null
  /** Instead of what there is. */
  readonly metadata?: WebhookMetadata
  /** False: deliveries are answered with 410 until it is true again. */
  readonly isActive?: boolean
}

export interface WebhookHandlerInfo extends WebhookHandlerPlace {
  /** Where the service sends to. Whoever knows it can send: show it to nobody but the service. */
  readonly url: string
  readonly isActive: boolean
  readonly createdAt: Date
}

/**
 * Makes a URL at which an outside service reaches a `*.webhook.ts` file of the app.
 *
 * There is one for a file and connection: creating it again keeps the URL, changes the rest and makes it active. An installation may have 200.
 *
 * @throws {SdkError} `NOT_FOUND` when the app has no such file, trigger or connection; `QUOTA_EXCEEDED`.
 */
export const createWebhookHandler = async ({
  fileName,
  ...input
}: CreateWebhookHandlerInput): Promise<WebhookHandlerInfo> =>
  // The platform answers with exactly this.
  (await askPlatform('webhook.create', { ...input, webhook: webhookIdOf(fileName) })) as WebhookHandlerInfo

/** @throws {SdkError} `NOT_FOUND` when the installation has no handler of this id. */
export const updateWebhookHandler = async (id: string, changes: WebhookHandlerChanges): Promise<WebhookHandlerInfo> =>
  // As above.
  (await askPlatform('webhook.update', { ...changes, id })) as WebhookHandlerInfo

/**
 * Takes the URL away: whoever sends to it is answered with 404.
 *
 * @returns Whether there was one.
 */
export const deleteWebhookHandler = async (id: string): Promise<boolean> =>
  (await askPlatform('webhook.delete', { id })) === true

/** The handlers of the installation, the oldest first; with a connection, only those of it. */
export const listWebhookHandlers = async (
  filter: { readonly connectionId?: string } = {},
): Promise<readonly WebhookHandlerInfo[]> =>
  // As above.
  (await askPlatform('webhook.list', filter)) as readonly WebhookHandlerInfo[]
