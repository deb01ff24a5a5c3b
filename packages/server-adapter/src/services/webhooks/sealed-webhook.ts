import { decodeValue, encodeValue, isRecord, isRefusal, isString, type PlainValue } from '@souk/extension-sdk/protocol'
import type { Sealer } from '../../crypto/create-sealer'
import { SoukError } from '../../souk-error'
import type { WebhookHandlerRecord } from '../../storage'

/** What of a handler nobody may read in the database: who knows the token can send, who knows the metadata perhaps sign. */
export interface WebhookSecrets {
  readonly token: string
  readonly metadata: Readonly<Record<string, PlainValue>>
}

type Place = Pick<WebhookHandlerRecord, 'id' | 'installationId'>

/** The place that a handler is sealed for; it opens nowhere else. */
export const webhookPlace = ({ id, installationId }: Place): readonly string[] => [
  'webhook-handler',
  installationId,
  id,
]

export const sealWebhook = (sealer: Sealer, place: Place, secrets: WebhookSecrets): Promise<string> => {
  const { token, metadata } = secrets
  const encoded = encodeValue({ token, metadata })
  if (isRefusal(encoded)) throw new SoukError('VALUE_NOT_SENDABLE', encoded.refused)
  return sealer.seal(encoded.text, webhookPlace(place))
}

export const openWebhook = async (sealer: Sealer, row: WebhookHandlerRecord): Promise<WebhookSecrets> => {
  const decoded = decodeValue(await sealer.open(row.sealed, webhookPlace(row)))
  const value = isRefusal(decoded) ? undefined : decoded.value
  if (!isRecord(value) || !isString(value.token) || !isRecord(value.metadata))
    throw new SoukError('CORRUPT_ROW', 'A webhook handler cannot be read. Delete it and create it again.')
  // It was encoded by `sealWebhook`, which took nothing else.
  return { token: value.token, metadata: value.metadata as WebhookSecrets['metadata'] }
}
