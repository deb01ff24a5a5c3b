import {
  type CallFile,
  decodeValue,
  encodeValue,
  isName,
  isRecord,
  isRefusal,
  isString,
  type PlainValue,
} from '@souk/extension-sdk/protocol'
import type { UserActor } from '../policy'
import type { PlatformCalls } from '../runtime/function-runtime'
import { invalidInput, isSoukError, SoukError } from '../souk-error'
import {
  type DeploymentRecord,
  type InstallationRecord,
  isStorageError,
  type ValueCondition,
  type ValuePlace,
} from '../storage'
import type { ServiceContext } from './service-context'
import { createSettingsService, type SettingsInput } from './settings'
import { isStorableText } from './storable-text'
import { createWebhookHandlers } from './webhooks/webhook-handlers'

/** Bytes of UTF-8. */
const MAX_VALUE_BYTES = 256 * 1024
const VALUE_QUOTA = { bytes: 10 * 1024 * 1024, values: 10_000 }
/** How much of a file crosses at a time, so that a function holds no more of it than it wants. */
const FILE_CHUNK_BYTES = 1024 * 1024
const MAX_TTL_SECONDS = 10 * 365 * 24 * 3600

export interface PlatformCaller {
  readonly user: UserActor
  readonly installation: InstallationRecord
  readonly deployment: DeploymentRecord
  /** Connections that the call may use; no other has values for it. */
  readonly connectionIds: readonly string[]
  /** Files that came with the call; no other is ever there. */
  readonly files?: readonly CallFile[] | undefined
  readonly traceId: string
}

type Answer = (args: readonly PlainValue[], signal: AbortSignal) => Promise<PlainValue>

/** What app code may ask while it runs. Its arguments are outside data. */
export const createPlatformCalls = (
  context: ServiceContext,
  { user, installation, deployment, connectionIds, files = [], traceId }: PlatformCaller,
): PlatformCalls => {
  const { storage, now } = context

  const placeOf = (value: PlainValue | undefined): ValuePlace => {
    const { key } = asRecord(value)
    if (!isName(key, 500) || !isStorableText(key)) throw invalidInput('A key must be a text of 1 to 500 characters.')
    return { ...collectionOf(value), key }
  }

  const collectionOf = (value: PlainValue | undefined): Omit<ValuePlace, 'key'> => {
    const { collection, connectionId } = asRecord(value)
    if (!isString(collection) || collection.length > 100 || !isStorableText(collection))
      throw invalidInput('A collection must have a name of at most 100 characters.')
    if (!isString(connectionId) || (connectionId !== '' && !connectionIds.includes(connectionId)))
      throw new SoukError('NOT_FOUND', 'There is no connection of this id here.')
    return { installationId: installation.id, connectionId, collection }
  }

  const fileOf = (value: PlainValue | undefined): CallFile => {
    const { id } = asRecord(value)
    const file = files.find((one) => one.id === id)
    if (file) return file
    throw new SoukError(
      'FILE_NOT_GRANTED',
      'The call has no file of this handle. Pass the handle that FileInput gave as an argument of this call.',
    )
  }

  const webhooks = createWebhookHandlers(context, { installation, deployment, connectionIds })

  const answers: Readonly<Record<string, Answer>> = {
    'file.describe': async ([request]) => {
      const { name, type, bytes } = fileOf(request)
      return { name, type, size: bytes.byteLength }
    },
    'file.read': async ([request]) => {
      const { bytes } = fileOf(request)
      const { offset } = asRecord(request)
      if (typeof offset !== 'number' || !Number.isInteger(offset) || offset < 0)
        throw invalidInput('A file is read from a place that is a whole number.')
      // A copy: a view would count with all that is around it.
      return bytes.slice(offset, offset + FILE_CHUNK_BYTES)
    },
    'storage.get': async ([place]) => {
      const found = await storage.values.get(placeOf(place), now())
      return found === null ? undefined : decode(found.value)
    },
    'storage.set': async ([request]) => {
      const { value, ttlSeconds } = asRecord(request)
      const text = encode(value)
      if (Buffer.byteLength(text) > MAX_VALUE_BYTES)
        throw new SoukError('PAYLOAD_TOO_LARGE', `A value may have ${MAX_VALUE_BYTES} bytes. Store it in parts.`)
      const row = { ...placeOf(request), value: text, expiresAt: expiryOf(ttlSeconds, now()) }
      return storage.values.set(row, conditionOf(asRecord(request)), VALUE_QUOTA, now())
    },
    'storage.remove': async ([place]) => storage.values.remove(placeOf(place), now()),
    'storage.list': async ([request]) => {
      const { prefix = '', cursor, limit = 100 } = asRecord(request)
      if (!isString(prefix) || prefix.length > 500 || !isStorableText(prefix))
        throw invalidInput('A prefix must be a text of at most 500 characters.')
      if ((cursor !== undefined && !isString(cursor)) || typeof limit !== 'number')
        throw invalidInput('A list takes a cursor of the page before, and a limit.')
      const page = await storage.values.list({ ...collectionOf(request), prefix }, now(), { cursor, limit })
      return {
        items: page.items.map(({ key, value, expiresAt }) => ({ key, value: decode(value), expiresAt })),
        nextCursor: page.nextCursor,
      }
    },
    'settings.write': async ([scope, values]) => {
      if (scope !== 'organization' && scope !== 'user') throw invalidInput('Settings are of an organization or a user.')
      if (!isRecord(values) || !Object.values(values).every(isSettingInput))
        throw invalidInput('Settings are texts, numbers, true, false, or null to remove one.')
      // The same rights and checks as in the form: a member changes nothing for everybody.
      const saved = await createSettingsService(context).write(user, installation.id, scope, values as SettingsInput)
      return saved.values
    },
    'webhook.create': async ([request]) => webhooks.create(asRecord(request)),
    'webhook.update': async ([request]) => webhooks.update(asRecord(request)),
    'webhook.delete': async ([request]) => webhooks.delete(asRecord(request)),
    'webhook.list': async ([request]) => webhooks.list(asRecord(request)),
    'host.call': async ([name, input], signal) => {
      const hostFunction =
        isString(name) && Object.hasOwn(context.hostFunctions, name) ? context.hostFunctions[name] : undefined
      if (!hostFunction)
        throw new SoukError('FUNCTION_NOT_FOUND', 'The product offers no function of this name to apps.')
      const { scope } = hostFunction
      if (scope !== null && !installation.grantedScopes.includes(scope))
        throw new SoukError('FORBIDDEN', `The app was not granted ${scope}. Name it in scopes of souk.config.ts.`)
      const { userId, organizationId } = user
      const caller = { userId, organizationId, role: user.role, installationId: installation.id, traceId, signal }
      // What the product answers is checked like any value when it crosses.
      return (await hostFunction.call(caller, input)) as PlainValue
    },
  }

  return async (operation, args, signal) => {
    const answer = Object.hasOwn(answers, operation) ? answers[operation] : undefined
    if (!answer) throw new SoukError('METHOD_NOT_FOUND', 'The platform does not know this question.')
    try {
      return await answer(args, signal)
    } catch (error) {
      throw toAppError(context, error, traceId)
    }
  }
}

/** What app code may know: its own mistakes, and that something failed. */
const toAppError = ({ onError }: ServiceContext, error: unknown, traceId: string): SoukError => {
  if (isSoukError(error)) return error
  if (isStorageError(error) && error.code === 'QUOTA_EXCEEDED')
    return new SoukError('QUOTA_EXCEEDED', `${error.message} Remove some, or give them a time to live.`)
  if (isStorageError(error) && error.code === 'INVALID_CURSOR')
    return invalidInput('The cursor is not one of this list. Start again without one.')
  onError(error, { traceId })
  return new SoukError('INTERNAL', 'The platform could not do this. Try again later.')
}

const asRecord = (value: unknown): Readonly<Record<string, unknown>> => {
  if (isRecord(value)) return value
  throw invalidInput('The question must be an object.')
}

const encode = (value: unknown): string => {
  if (value === undefined) throw invalidInput('undefined cannot be stored. Remove the key instead.')
  const encoded = encodeValue(value)
  if (isRefusal(encoded)) throw new SoukError('VALUE_NOT_SENDABLE', encoded.refused)
  return encoded.text
}

const decode = (text: string): PlainValue => {
  const decoded = decodeValue(text)
  if (isRefusal(decoded)) throw new SoukError('CORRUPT_ROW', 'A stored value cannot be read. Write it again.')
  return decoded.value
}

const conditionOf = ({ ifAbsent, ifEquals }: Readonly<Record<string, unknown>>): ValueCondition => {
  if (ifAbsent === true) return { ifAbsent: true }
  return ifEquals === undefined ? undefined : { ifEquals: encode(ifEquals) }
}

const expiryOf = (ttlSeconds: unknown, now: Date): Date | null => {
  if (ttlSeconds === undefined) return null
  if (typeof ttlSeconds !== 'number' || !(ttlSeconds > 0 && ttlSeconds <= MAX_TTL_SECONDS))
    throw invalidInput('ttlSeconds must be more than 0, and at most ten years.')
  return new Date(now.getTime() + Math.ceil(ttlSeconds * 1000))
}

const isSettingInput = (value: unknown): boolean =>
  value === null ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value)) ||
  (isString(value) && value.length <= 20_000 && isStorableText(value))
