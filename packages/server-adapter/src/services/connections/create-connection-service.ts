import {
  type ConnectInput,
  type ConnectionDefinition,
  type ConnectionInfo,
  type ConnectionsResponse,
  type ConnectResponse,
  isRecord,
  isString,
  isVariableValue,
  type OAuth2ConnectionDefinition,
} from '@souk/extension-sdk/protocol'
import { createId } from '../../crypto/create-id'
import { sha256 } from '../../crypto/hash'
import { type Action, type Actor, authorize, can, type Resource, type UserActor } from '../../policy'
import { invalidInput, isSoukError, notFound, SoukError } from '../../souk-error'
import {
  type ConnectionRecord,
  type DeploymentRecord,
  type InstallationRecord,
  isStorageError,
  type OAuthStateRecord,
} from '../../storage'
import type { AppEvents } from '../app-events'
import { audit } from '../audit'
import { changedFields, hideValues } from '../changed-fields'
import { coversManifest } from '../check-consent'
import { requireActive, requireDeployment, requireRunnable } from '../installation-access'
import type { RunFunction } from '../run-function'
import { requireUser, type ServiceContext } from '../service-context'
import { isStorableText } from '../storable-text'
import { findClient } from './client-of'
import { type Credential, openCredential, sealCredential } from './credential'
import { finishAuthorization, type OAuthService, revokeTokens, startAuthorization } from './oauth'
import { definitionOf } from './resolve-connections'
import { runHook } from './run-hook'
import { toConnectable, toConnectionInfo } from './to-api'

const STATE_LIFE_MS = 10 * 60_000
/** Of one installation, all users together. */
const MAX_CONNECTIONS = 1000

interface Place {
  readonly user: UserActor
  readonly installation: InstallationRecord
  readonly deployment: DeploymentRecord
}

/** Where a person who came back from a service goes on. */
export interface CallbackResult {
  readonly returnTo: string | null
  readonly connection: ConnectionInfo | null
  /** Why it did not come to a connection. */
  readonly error: SoukError | null
}

/** The accounts of outside services that people connect. */
export const createConnectionService = (context: ServiceContext, runFunction: RunFunction, events: AppEvents) => {
  const { storage, sealer, now } = context

  /** The active installation, for somebody who may see its connections. */
  const open = async (actor: Actor, installationId: string): Promise<Place> => {
    const user = requireUser(actor)
    const { organizationId } = user
    authorize(actor, 'connection.read', { type: 'organization', organizationId })
    const installation = await requireActive(context, organizationId, installationId)
    return { user, installation, deployment: await requireDeployment(context, installation) }
  }

  const requireWrite = ({ user }: Place, definition: ConnectionDefinition): void =>
    authorize(user, ...writeOf(user, definition.scope))

  const openDefinition = (place: Place, id: string): ConnectionDefinition => {
    const definition = definitionOf(place.deployment, id)
    if (!definition) throw notFound('kind of connection')
    requireWrite(place, definition)
    const { deployment, installation } = place
    requireRunnable(deployment, installation.organizationId)
    if (!coversManifest(deployment.manifest, installation))
      throw new SoukError(
        'CONSENT_REQUIRED',
        'The app asks for more than it was granted. An administrator can grant it by installing the version again.',
      )
    return definition
  }

  /** A connection that the user may change. Those of other users are not there. */
  const openConnection = async (place: Place, id: string): Promise<ConnectionRecord> => {
    const { user, installation } = place
    const connection = await storage.connections.get(user.organizationId, id)
    if (connection?.installationId !== installation.id) throw notFound('connection')
    if (connection.userId !== null && connection.userId !== user.userId) throw notFound('connection')
    authorize(user, ...writeOf(user, connection.userId === null ? 'organization' : 'user'))
    return connection
  }

  const serviceOf = async (
    { installation, deployment }: Place,
    definition: OAuth2ConnectionDefinition,
    variables: Readonly<Record<string, string>>,
  ): Promise<OAuthService> => {
    const client = await findClient(context, definition, installation, deployment)
    if (!client)
      throw new SoukError(
        'NOT_CONFIGURED',
        definition.client
          ? 'The settings of the app name no OAuth client yet. An administrator can fill them in.'
          : 'The developer of the app has not registered its OAuth client here yet. Tell the developer.',
      )
    return { definition, variables, ...client, redirectUri: context.callbackUrl }
  }

  /** What is connected again: the connection that was named, or the only one there can be. */
  const findRenewed = async (
    place: Place,
    definition: ConnectionDefinition,
    connectionId: string | null | undefined,
  ): Promise<ConnectionRecord | undefined> => {
    const { user, installation } = place
    if (connectionId) {
      const connection = await openConnection(place, connectionId)
      if (connection.definitionId !== definition.id) throw notFound('connection')
      return connection
    }
    const all = await storage.connections.list(user.organizationId, installation.id)
    if (all.length >= MAX_CONNECTIONS)
      throw new SoukError('QUOTA_EXCEEDED', `At most ${MAX_CONNECTIONS} accounts can be connected. Remove some.`)
    if (definition.multiple) return undefined
    const owner = definition.scope === 'user' ? user.userId : null
    return all.find((row) => row.definitionId === definition.id && row.userId === owner && row.slot === '')
  }

  /** Tries a credential, saves it, and tells the app. */
  const save = async (
    place: Place,
    definition: ConnectionDefinition,
    renewed: ConnectionRecord | undefined,
    credential: Credential,
    variables: Readonly<Record<string, string>>,
    expiresAt: Date | null,
  ): Promise<ConnectionRecord> => {
    const { user, installation } = place
    const id = renewed?.id ?? createId()
    const draft = {
      id,
      installationId: installation.id,
      organizationId: user.organizationId,
      definitionId: definition.id,
      userId: definition.scope === 'user' ? user.userId : null,
    }
    const revealed = definition.reveal ? { revealed: true as const } : {}
    const tried: ConnectionRecord = {
      ...draft,
      slot: renewed?.slot ?? (definition.multiple ? id : ''),
      label: renewed?.label ?? defaultLabel(definition, variables),
      status: 'active',
      variables,
      sealed: await sealCredential(sealer, draft, { ...credential, ...revealed }),
      expiresAt,
      revision: renewed?.revision ?? 1,
      createdBy: renewed?.createdBy ?? user.userId,
      createdAt: renewed?.createdAt ?? now(),
      updatedAt: now(),
    }
    const label = (await test(place, definition, tried)) ?? tried.label
    const connection = renewed
      ? await storage.connections.change(user.organizationId, id, renewed.revision, {
          label,
          variables,
          expiresAt,
          status: 'active',
          sealed: tried.sealed,
          updatedAt: tried.updatedAt,
        })
      : await create({ ...tried, label })
    if (!connection)
      throw new SoukError('CONFLICT', 'Somebody else changed this connection just now. Reload and try again.')
    await auditWrite(place, renewed ?? null, connection)
    return renewed ? connection : events.connectionAdded({ ...place, connection })
  }

  /** Of an account that is a user's own the names alone, as the log is read by administrators. */
  const auditWrite = async (
    { user, deployment }: Place,
    before: ConnectionRecord | null,
    after: ConnectionRecord | null,
  ): Promise<void> => {
    const connection = after ?? before
    if (!connection) return
    const isOwn = connection.userId !== null
    const plain = changedFields(before && shownOf(before), after && shownOf(after))
    const hasCredential = definitionOf(deployment, connection.definitionId)?.type !== 'none'
    // The sealed texts of the same credential differ, so that each one sent is a change.
    const credential = changedFields({ credential: before?.sealed }, { credential: after?.sealed })
    await audit(
      context,
      user,
      writeOf(user, isOwn ? 'user' : 'organization')[0],
      { type: 'connection', id: connection.id, organizationId: user.organizationId },
      { ...(isOwn ? hideValues(plain) : plain), ...(hasCredential ? hideValues(credential) : {}) },
    )
  }

  const create = async (connection: ConnectionRecord): Promise<ConnectionRecord> => {
    try {
      return await storage.connections.create(connection)
    } catch (error) {
      if (isStorageError(error) && error.code === 'CONFLICT')
        throw new SoukError('CONFLICT', 'Somebody connected this just now. Reload and look at it.', { cause: error })
      throw error
    }
  }

  /** @throws {SoukError} What the app's own test threw. */
  const test = async (
    place: Place,
    { test: functionId }: ConnectionDefinition,
    connection: ConnectionRecord,
  ): Promise<string | undefined> =>
    functionId === undefined ? undefined : runHook(runFunction, functionId, { ...place, connection }, {})

  const revoke = async (place: Place, connection: ConnectionRecord): Promise<void> => {
    const definition = definitionOf(place.deployment, connection.definitionId)
    if (definition?.type !== 'oauth2-code' || definition.revocationUrl === undefined) return
    try {
      const service = await serviceOf(place, definition, connection.variables)
      await revokeTokens(service, await openCredential(sealer, connection), context.outbound)
    } catch (error) {
      // The person wants it gone here, whatever the service says.
      context.onError(error, {})
    }
  }

  return {
    async list(actor: Actor, installationId: string): Promise<ConnectionsResponse> {
      const { user, installation, deployment } = await open(actor, installationId)
      const rows = await storage.connections.list(user.organizationId, installation.id)
      const definitions = await Promise.all(
        (deployment.manifest.connections ?? []).map(async (definition) => ({
          ...toConnectable(definition),
          ready:
            definition.type !== 'oauth2-code' ||
            (await findClient(context, definition, installation, deployment)) !== null,
          mayConnect: can(user, ...writeOf(user, definition.scope)),
        })),
      )
      const visible = rows.filter(({ userId }) => userId === null || userId === user.userId)
      return { definitions, connections: visible.map(toConnectionInfo) }
    },

    async connect(actor: Actor, installationId: string, input: ConnectInput): Promise<ConnectResponse> {
      const place = await open(actor, installationId)
      const definition = openDefinition(place, input.definitionId)
      const renewed = await findRenewed(place, definition, input.connectionId)
      // What is renewed stays the same account, unless it is said otherwise.
      const variables = checkVariables(definition, input.variables ?? renewed?.variables ?? {})
      if (definition.type === 'oauth2-code') {
        const { url, state, codeVerifier } = await startAuthorization(await serviceOf(place, definition, variables))
        const stateHash = sha256(state)
        await storage.connections.putState({
          stateHash,
          installationId: place.installation.id,
          organizationId: place.user.organizationId,
          userId: place.user.userId,
          definitionId: definition.id,
          connectionId: renewed?.id ?? null,
          sealed: await sealer.seal(JSON.stringify({ codeVerifier, variables }), ['oauth-state', stateHash]),
          returnTo: checkReturnTo(input.returnTo),
          expiresAt: new Date(now().getTime() + STATE_LIFE_MS),
        })
        return { connection: null, authorizationUrl: url }
      }
      const credential = definition.type === 'secret' ? { fields: checkFields(definition, input.fields ?? {}) } : {}
      const connection = await save(place, definition, renewed, credential, variables, null)
      return { connection: toConnectionInfo(connection), authorizationUrl: null }
    },

    /**
     * What a person brings back from a service. A state that is not the person's own, or was used, leads nowhere.
     *
     * @throws {SoukError} `CONNECTION_STATE_INVALID`
     */
    async finish(actor: Actor, answer: URLSearchParams): Promise<CallbackResult> {
      const user = requireUser(actor)
      const given = answer.getAll('state')
      const state = given.length === 1 ? await storage.connections.takeState(sha256(given[0] ?? ''), now()) : null
      if (!state || state.userId !== user.userId || state.organizationId !== user.organizationId)
        throw new SoukError(
          'CONNECTION_STATE_INVALID',
          'This attempt to connect was finished, is older than ten minutes, or was begun by somebody else. Begin again.',
        )
      try {
        const place = await open(actor, state.installationId)
        const definition = openDefinition(place, state.definitionId)
        if (definition.type !== 'oauth2-code') throw notFound('kind of connection')
        const { codeVerifier, variables } = await openState(state)
        const service = await serviceOf(place, definition, variables)
        const { credential, expiresInSeconds } = await finishAuthorization(
          service,
          answer,
          codeVerifier,
          context.outbound,
        )
        const renewed = await findRenewed(place, definition, state.connectionId)
        const expiresAt = expiresInSeconds === null ? null : new Date(now().getTime() + expiresInSeconds * 1000)
        const connection = await save(place, definition, renewed, credential, variables, expiresAt)
        return { returnTo: state.returnTo, connection: toConnectionInfo(connection), error: null }
      } catch (error) {
        if (!isSoukError(error)) throw error
        return { returnTo: state.returnTo, connection: null, error }
      }
    },

    /** Runs the app's own test with what is saved. */
    async test(actor: Actor, installationId: string, connectionId: string): Promise<ConnectionInfo> {
      const place = await open(actor, installationId)
      const connection = await openConnection(place, connectionId)
      const definition = openDefinition(place, connection.definitionId)
      await test(place, definition, connection)
      return toConnectionInfo((await storage.connections.get(place.user.organizationId, connectionId)) ?? connection)
    },

    async disconnect(actor: Actor, installationId: string, connectionId: string): Promise<ConnectionInfo> {
      const place = await open(actor, installationId)
      const connection = await openConnection(place, connectionId)
      await events.connectionRemoved({ ...place, connection })
      const latest = (await storage.connections.get(place.user.organizationId, connectionId)) ?? connection
      await revoke(place, latest)
      if (!(await storage.connections.remove(place.user.organizationId, connectionId))) throw notFound('connection')
      await auditWrite(place, latest, null)
      return toConnectionInfo(connection)
    },
  }

  async function openState(state: OAuthStateRecord) {
    const value: unknown = JSON.parse(await sealer.open(state.sealed, ['oauth-state', state.stateHash]))
    if (!isRecord(value) || !isString(value.codeVerifier) || !isRecord(value.variables))
      throw new SoukError('CORRUPT_ROW', 'The attempt to connect cannot be read. Begin again.')
    // It was written by `connect`, and opened as what was sealed there.
    return { codeVerifier: value.codeVerifier, variables: value.variables as Readonly<Record<string, string>> }
  }
}

/** Who may connect and disconnect: admins what is everybody's, each user what is theirs. */
const writeOf = ({ organizationId, userId }: UserActor, scope: 'organization' | 'user'): readonly [Action, Resource] =>
  scope === 'organization'
    ? ['organization-connection.write', { type: 'organization', organizationId }]
    : ['user-connection.write', { type: 'user', organizationId, userId }]

const shownOf = ({ definitionId, label, status, variables }: ConnectionRecord) => ({
  definitionId,
  label,
  status,
  variables,
})

const defaultLabel = ({ label }: ConnectionDefinition, variables: Readonly<Record<string, string>>): string =>
  Object.values(variables)[0] ?? label

const checkVariables = (
  definition: ConnectionDefinition,
  sent: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => {
  const names = (definition.variables ?? []).map(({ name }) => name)
  const fields: Record<string, string> = {}
  for (const name of names)
    if (!Object.hasOwn(sent, name) || !isVariableValue(sent[name]))
      fields[name] = 'Only letters, digits and hyphens, such as my-shop.'
  for (const name of Object.keys(sent)) if (!names.includes(name)) fields[name] = 'This is not asked for.'
  refuse(fields)
  return Object.fromEntries(names.map((name) => [name, (sent[name] ?? '').toLowerCase()]))
}

const checkFields = (
  definition: Extract<ConnectionDefinition, { type: 'secret' }>,
  sent: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => {
  const errors: Record<string, string> = {}
  const values: Record<string, string> = {}
  for (const { name, optional } of definition.fields) {
    const value = Object.hasOwn(sent, name) ? (sent[name] ?? '').trim() : ''
    if (value === '' && !optional) errors[name] = 'This value is required.'
    else if (!isStorableText(value)) errors[name] = 'This value holds characters that cannot be stored.'
    else if (value !== '') values[name] = value
  }
  for (const name of Object.keys(sent))
    if (!definition.fields.some((field) => field.name === name)) errors[name] = 'This is not asked for.'
  refuse(errors)
  return values
}

const refuse = (fields: Readonly<Record<string, string>>): void => {
  if (Object.keys(fields).length > 0)
    throw invalidInput('Nothing was connected. Put right what `fields` names.', fields)
}

const ANYWHERE = 'https://souk.invalid'

/** A path of the product as a browser reads it: a slash, and no way to another host. */
const checkReturnTo = (path: string | undefined): string | null => {
  if (path === undefined) return null
  const url = path.startsWith('/') && URL.canParse(path, ANYWHERE) ? new URL(path, ANYWHERE) : undefined
  const normal = url && url.origin === ANYWHERE ? url.pathname + url.search + url.hash : undefined
  if (normal === undefined || normal.startsWith('//'))
    throw invalidInput('returnTo must be a path of the product, such as /apps.', { returnTo: 'Not a path.' })
  return normal
}
