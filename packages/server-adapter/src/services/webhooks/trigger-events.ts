import type { InstallationRecord, WebhookHandlerRecord } from '../../storage'
import type { ServiceContext } from '../service-context'

/** Something that happened at an outside service, as the app tells of it. JSON. */
export interface TriggerEvent {
  /** The same when the service sends it again. */
  readonly id: string
  readonly [key: string]: unknown
}

/** Events of one delivery, for the product's workflows. */
export interface TriggerEvents {
  readonly organizationId: string
  readonly installationId: string
  readonly appId: string
  /** The trigger of the app that they are for. */
  readonly triggerId: string | null
  /** The workflow of the product that they are for. */
  readonly workflowId: string | null
  readonly connectionId: string | null
  readonly webhookHandlerId: string
  /** Checked for their ids alone: the rest is what an app says. */
  readonly events: readonly TriggerEvent[]
  readonly traceId: string
}

/**
 * Takes events over. When it returns, they are the product's, and the service is told so; when it throws, the service sends them again. So keep
 * them first, and run workflows after. The same event may come twice, with the same id, when a process ends in between.
 */
export type OnTriggerEvents = (events: TriggerEvents) => void | Promise<void>

/**
 * Gives the events that are new to the product, and remembers them after it took them: an event may come twice, and is never lost.
 *
 * @throws What the product's port threw. None of the events counts as accepted then.
 */
export const passOnEvents = async (
  { storage, now, onTriggerEvents }: ServiceContext,
  { appId }: InstallationRecord,
  handler: WebhookHandlerRecord,
  events: readonly TriggerEvent[],
  traceId: string,
): Promise<void> => {
  if (events.length === 0) return
  if (!onTriggerEvents)
    throw new Error(`The app ${appId} sends events, but createSouk has no onTriggerEvents to give them to. Pass one.`)
  const { id, organizationId, installationId, triggerId, workflowId, connectionId } = handler
  const sent = events.map((event) => event.id)
  const known = new Set(await storage.webhookHandlers.findAcceptedEvents(organizationId, id, sent))
  // Of one that is there twice, the first.
  const fresh = events.filter((event, index) => !known.has(event.id) && sent.indexOf(event.id) === index)
  if (fresh.length === 0) return
  await onTriggerEvents({
    organizationId,
    installationId,
    appId,
    triggerId,
    workflowId,
    connectionId,
    webhookHandlerId: id,
    // JSON: what it has no form for does not come along.
    events: JSON.parse(JSON.stringify(fresh)),
    traceId,
  })
  const ids = fresh.map((event) => event.id)
  await storage.webhookHandlers.acceptEvents(organizationId, id, ids, now())
}
