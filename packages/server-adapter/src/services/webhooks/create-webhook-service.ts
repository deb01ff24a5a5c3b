import {
  decodeValue,
  encodeValue,
  isRefusal,
  type ParsedWebhookResponse,
  type PlainRecord,
  parseWebhookResponse,
} from '@souk/extension-sdk/protocol'
import { hashToken } from '../../crypto/token'
import { isSoukError, SoukError } from '../../souk-error'
import type { DeploymentRecord, InstallationRecord, WebhookHandlerRecord } from '../../storage'
import { coversManifest } from '../check-consent'
import { requireDeployment, requireRunnable } from '../installation-access'
import { type RunStoppable, takeCallTokens } from '../run-stoppable'
import type { RunningCalls } from '../running-calls'
import type { ServiceContext } from '../service-context'
import { createSystemUser } from '../system-user'
import { openWebhook } from './sealed-webhook'
import { passOnEvents } from './trigger-events'

/** Bytes. */
export const MAX_DELIVERY_BYTES = 1024 * 1024
const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** What an outside service sent. */
export interface Delivery {
  readonly method: string
  /** The query, with its question mark. */
  readonly search: string
  readonly query: PlainRecord
  readonly headers: PlainRecord
  /** Read only once it is known whose it is. */
  readonly readBody: (maxBytes: number) => Promise<Uint8Array>
  readonly traceId: string
  readonly signal: AbortSignal
}

export type DeliveryAnswer = Omit<ParsedWebhookResponse, 'events'>

/**
 * Deliveries of outside services to webhooks of apps. The token of the address is the only right that is asked for: it opens one handler of one
 * installation.
 */
export const createWebhookService = (context: ServiceContext, running: RunningCalls, runStoppable: RunStoppable) => {
  const { storage, sealer } = context

  /** The installation, if its handler takes deliveries. Who holds a token that was good once may know that it is no more. */
  const requireOpen = async (handler: WebhookHandlerRecord): Promise<InstallationRecord> => {
    const installation = await storage.installations.get(handler.organizationId, handler.installationId)
    if (!installation || installation.uninstalledAt !== null || !handler.isActive) throw gone()
    return installation
  }

  const run = async (
    { handler, installation }: { readonly handler: WebhookHandlerRecord; readonly installation: InstallationRecord },
    delivery: Delivery,
    stopped: AbortSignal,
  ): Promise<DeliveryAnswer> => {
    const { traceId, signal } = delivery
    const deployment = await requireDeployment(context, installation)
    const { functionId, bundleId } = requireWebhook(deployment, installation, handler)
    takeCallTokens(context, `webhook ${handler.id}`, installation)
    const rawBody = new Uint8Array(await delivery.readBody(MAX_DELIVERY_BYTES))
    const connection = handler.connectionId
      ? await storage.connections.get(handler.organizationId, handler.connectionId)
      : null
    const args = encodeArguments(handler, await openWebhook(sealer, handler), delivery, rawBody)
    const call = {
      user: createSystemUser(installation.organizationId, connection?.userId),
      installation,
      deployment,
      bundleId,
      functionId,
      args,
      traceId,
      signal,
      ...(connection ? { only: [connection] } : {}),
    }
    const { result } = await runStoppable(call, stopped)
    const { events, ...answer } = readResponse(result)
    // Whatever is not a success, the service sends again, and its events with it.
    if (answer.status < 300) await passOnEvents(context, installation, handler, events, traceId)
    return answer
  }

  const encodeArguments = (
    { id, handlerId, triggerId, workflowId, connectionId, externalWebhookId }: WebhookHandlerRecord,
    { token, metadata }: Awaited<ReturnType<typeof openWebhook>>,
    { method, search, query, headers }: Delivery,
    rawBody: Uint8Array,
  ): string => {
    const encoded = encodeValue([
      {
        // The address that the service knows, which some of them sign; not the one that a proxy made of it.
        request: { method, url: `${context.webhookUrl(token)}${search}`, query, headers, rawBody },
        handler: { id, fileName: handlerId, triggerId, workflowId, connectionId, externalWebhookId, metadata },
      },
    ])
    if (isRefusal(encoded)) throw new TypeError(encoded.refused)
    return encoded.text
  }

  return {
    /**
     * Runs the handler of a token, and gives the events that it returns to the product before it answers.
     *
     * @throws {SoukError} `NOT_FOUND`, `WEBHOOK_GONE`, `PAYLOAD_TOO_LARGE`, `RATE_LIMITED`; `WEBHOOK_NOT_ACCEPTED` for whatever else
     *   failed, in words that tell a stranger nothing of it.
     */
    async deliver(token: string, delivery: Delivery): Promise<DeliveryAnswer> {
      // Found by its hash: how long it takes tells nothing of how much of a token was right.
      const handler = TOKEN.test(token) ? await storage.webhookHandlers.findByToken(hashToken(token)) : null
      if (!handler) throw noWebhook()
      // Before the row is read: an uninstall that comes after the reading finds the call here and stops it.
      const call = running.begin(handler.installationId)
      try {
        const installation = await requireOpen(handler)
        return await run({ handler, installation }, delivery, call.signal)
      } catch (error) {
        throw toPublicError(error)
      } finally {
        call.end()
      }
    },
  }
}

const noWebhook = () => new SoukError('NOT_FOUND', 'Nothing takes deliveries at this address.')

const gone = () => new SoukError('WEBHOOK_GONE', 'Nothing takes deliveries at this address any more. Stop sending.')

const requireWebhook = (
  deployment: DeploymentRecord,
  installation: InstallationRecord,
  { handlerId }: WebhookHandlerRecord,
): { readonly functionId: string; readonly bundleId: string } => {
  const { manifest, serverBundleId } = deployment
  requireRunnable(deployment, installation.organizationId)
  const entry = manifest.webhooks?.find(({ id }) => id === handlerId)
  // A version may come back that has it, so it is not gone for good.
  if (!entry || serverBundleId === null) throw noWebhook()
  if (!coversManifest(manifest, installation))
    throw new SoukError('CONSENT_REQUIRED', 'The app asks for more than it was granted.')
  return { functionId: entry.function, bundleId: serverBundleId }
}

/** @throws {SoukError} `FUNCTION_FAILED` for code that was not built by our build, which says so itself. */
const readResponse = (result: string): ParsedWebhookResponse => {
  const decoded = decodeValue(result)
  const response = isRefusal(decoded) ? decoded : parseWebhookResponse(decoded.value)
  if (isRefusal(response)) throw new SoukError('FUNCTION_FAILED', response.refused)
  return response
}

/** What the service itself can do something about. The state of the app and of the product is not its business. */
const PUBLIC: readonly string[] = ['NOT_FOUND', 'WEBHOOK_GONE', 'PAYLOAD_TOO_LARGE', 'INVALID_INPUT', 'RATE_LIMITED']

const toPublicError = (error: unknown): SoukError => {
  const known = isSoukError(error) ? error : undefined
  if (known?.code === 'APP_NOT_INSTALLED') return gone()
  // An error with a trace id is of a call, in the words of app code.
  if (known && known.traceId === undefined && PUBLIC.includes(known.code)) return known
  const { retryAfterSeconds } = known ?? {}
  return new SoukError('WEBHOOK_NOT_ACCEPTED', 'The delivery was not taken. Send it again later.', {
    cause: error,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  })
}
