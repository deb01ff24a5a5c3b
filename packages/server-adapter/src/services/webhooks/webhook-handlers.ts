import { encodeValue, isName, isRecord, isRefusal, type PlainValue } from '@souk/extension-sdk/protocol'
import { createId } from '../../crypto/create-id'
import { createToken, hashToken } from '../../crypto/token'
import { invalidInput, notFound, SoukError } from '../../souk-error'
import {
  type DeploymentRecord,
  type InstallationRecord,
  isStorageError,
  type WebhookHandlerChange,
  type WebhookHandlerRecord,
} from '../../storage'
import type { ServiceContext } from '../service-context'
import { isStorableText } from '../storable-text'
import { openWebhook, sealWebhook, type WebhookSecrets } from './sealed-webhook'

/** Of one installation. */
const MAX_HANDLERS = 200
/** Bytes of UTF-8. */
const MAX_METADATA_BYTES = 16 * 1024

interface HandlersOf {
  readonly installation: InstallationRecord
  readonly deployment: DeploymentRecord
  /** Connections that the call may use: handlers of others are not there for it. */
  readonly connectionIds: readonly string[]
}

type Request = Readonly<Record<string, unknown>>

/** What app code may do with the webhook handlers of its own installation. Requests are outside data. */
export const createWebhookHandlers = (
  context: ServiceContext,
  { installation, deployment, connectionIds }: HandlersOf,
) => {
  const { storage, sealer, now } = context
  const { organizationId } = installation

  const list = async (): Promise<readonly WebhookHandlerRecord[]> =>
    (await storage.webhookHandlers.list(organizationId, installation.id)).filter(
      ({ connectionId }) => connectionId === null || connectionIds.includes(connectionId),
    )

  const require = async ({ id }: Request): Promise<WebhookHandlerRecord> => {
    const row = (await list()).find((one) => one.id === id)
    if (!row) throw notFound('webhook handler')
    return row
  }

  const toInfo = (row: WebhookHandlerRecord, { token, metadata }: WebhookSecrets): PlainValue => ({
    id: row.id,
    fileName: row.handlerId,
    url: context.webhookUrl(token),
    triggerId: row.triggerId,
    workflowId: row.workflowId,
    connectionId: row.connectionId,
    externalWebhookId: row.externalWebhookId,
    metadata,
    isActive: row.isActive,
    createdAt: row.createdAt,
  })

  const changeRow = async (row: WebhookHandlerRecord, request: Request): Promise<PlainValue> => {
    const { isActive, metadata } = request
    if (isActive !== undefined && typeof isActive !== 'boolean') throw invalidInput('isActive must be true or false.')
    const known = await openWebhook(sealer, row)
    const secrets = metadata === undefined ? known : { ...known, metadata: checkMetadata(metadata) }
    const change: WebhookHandlerChange = {
      ...checkNames(deployment, request),
      ...(metadata === undefined ? {} : { sealed: await sealWebhook(sealer, row, secrets) }),
      ...(isActive === undefined ? {} : { isActive }),
      updatedAt: now(),
    }
    const changed = await storage.webhookHandlers.change(organizationId, row.id, change)
    if (!changed) throw notFound('webhook handler')
    return toInfo(changed, secrets)
  }

  const createRow = async (handlerId: string, connectionId: string | null, request: Request): Promise<PlainValue> => {
    const secrets = { token: createToken(), metadata: checkMetadata(request.metadata ?? {}) }
    const place = { id: createId(), installationId: installation.id }
    const { triggerId = null, workflowId = null, externalWebhookId = null } = checkNames(deployment, request)
    const row: WebhookHandlerRecord = {
      ...place,
      organizationId,
      tokenHash: hashToken(secrets.token),
      handlerId,
      connectionId,
      triggerId,
      workflowId,
      externalWebhookId,
      sealed: await sealWebhook(sealer, place, secrets),
      isActive: true,
      createdAt: now(),
      updatedAt: now(),
    }
    return toInfo(await storage.webhookHandlers.create(row, MAX_HANDLERS), secrets)
  }

  return {
    /** Of a webhook and connection there is one: asked again, it is changed, and its URL stays. */
    async create(request: Request): Promise<PlainValue> {
      const entry = deployment.manifest.webhooks?.find(({ id }) => id === request.webhook)
      if (!entry) throw notFound('webhook of this file name in the app')
      const { connectionId = null } = request
      if (connectionId !== null && !connectionIds.some((id) => id === connectionId)) throw notFound('connection')
      // It is one of the ids, or null.
      const place = connectionId as string | null
      const find = async () => (await list()).find((row) => row.handlerId === entry.id && row.connectionId === place)
      const known = await find()
      if (known) return changeRow(known, { ...request, isActive: true })
      try {
        return await createRow(entry.id, place, request)
      } catch (error) {
        if (!isStorageError(error)) throw error
        if (error.code === 'QUOTA_EXCEEDED')
          throw new SoukError('QUOTA_EXCEEDED', `${error.message} Delete those that are not needed.`)
        if (error.code !== 'CONFLICT') throw error
        // Another call was faster, or the app was uninstalled meanwhile.
        const made = await find()
        if (made) return changeRow(made, { ...request, isActive: true })
        throw new SoukError('CONFLICT', 'The connection or the installation has just ended.', { cause: error })
      }
    },

    update: async (request: Request): Promise<PlainValue> => changeRow(await require(request), request),

    async delete(request: Request): Promise<PlainValue> {
      const row = (await list()).find((one) => one.id === request.id)
      return row !== undefined && storage.webhookHandlers.remove(organizationId, row.id)
    },

    async list({ connectionId }: Request): Promise<PlainValue> {
      const rows = (await list()).filter((row) => connectionId === undefined || row.connectionId === connectionId)
      return Promise.all(rows.map(async (row) => toInfo(row, await openWebhook(sealer, row))))
    },
  }
}

const NAMES = ['triggerId', 'workflowId', 'externalWebhookId'] as const

/** Those that were sent. null takes one away. */
const checkNames = (
  { manifest }: DeploymentRecord,
  request: Request,
): Partial<Pick<WebhookHandlerRecord, (typeof NAMES)[number]>> => {
  const names: Partial<Record<(typeof NAMES)[number], string | null>> = {}
  for (const name of NAMES) {
    const value = request[name]
    if (value === undefined) continue
    if (value !== null && (!isName(value) || !isStorableText(value)))
      throw invalidInput(`${name} must be a text of 1 to 200 characters.`)
    names[name] = value
  }
  const { triggerId } = names
  const isTrigger = manifest.surfaces.some(({ kind, id }) => kind === 'workflow.triggers' && id === triggerId)
  if (triggerId && !isTrigger) throw notFound('trigger of this id in the app')
  return names
}

const checkMetadata = (value: unknown): WebhookSecrets['metadata'] => {
  const encoded = encodeValue(value, 'metadata')
  if (isRefusal(encoded)) throw new SoukError('VALUE_NOT_SENDABLE', encoded.refused)
  if (!isRecord(value)) throw invalidInput('metadata must be an object.')
  if (Buffer.byteLength(encoded.text) > MAX_METADATA_BYTES)
    throw new SoukError('PAYLOAD_TOO_LARGE', `metadata may have ${MAX_METADATA_BYTES} bytes. Keep more in storage.`)
  // It was just encoded, which takes plain values alone.
  return value as WebhookSecrets['metadata']
}
