import { setTimeout as wait } from 'node:timers/promises'
import type { OAuth2ConnectionDefinition } from '@souk/extension-sdk/protocol'
import { isSoukError } from '../../souk-error'
import type { ConnectionRecord, DeploymentRecord, InstallationRecord } from '../../storage'
import type { ServiceContext } from '../service-context'
import { findClient } from './client-of'
import { openCredential, sealCredential } from './credential'
import { refreshTokens } from './oauth'

/** A token is renewed when it has less than this left, so that it lasts as long as a call. */
const MARGIN_MS = 60_000
/** How long one who renews may take; then another may try. Longer than the service may take to answer. */
const CLAIM_MS = 30_000
const POLL_MS = 50

export interface RefreshOptions {
  readonly definition: OAuth2ConnectionDefinition
  readonly installation: InstallationRecord
  readonly deployment: DeploymentRecord
}

/**
 * The connection with a token that lasts, renewed if need be. Of all processes that want it at a time one asks the service, and the
 * others wait for what it brings: many services end a connection whose refresh token comes twice.
 *
 * @returns It with the status `expired` when the service takes it no more; unchanged when the service did not answer.
 */
export const refreshConnection = async (
  context: ServiceContext,
  connection: ConnectionRecord,
  options: RefreshOptions,
): Promise<ConnectionRecord> => {
  const { storage, now } = context
  const { organizationId, id } = connection
  let current = connection
  const giveUpAt = Date.now() + CLAIM_MS
  while (needsRefresh(current, now())) {
    const at = now()
    const isMine = await storage.connections.claim(
      organizationId,
      id,
      current.revision,
      at,
      new Date(at.getTime() + CLAIM_MS),
    )
    if (isMine) return renew(context, current, options)
    if (Date.now() > giveUpAt) return current
    await wait(POLL_MS)
    const read = await storage.connections.get(organizationId, id)
    // Somebody disconnected it meanwhile.
    if (!read) return { ...current, status: 'expired' }
    if (read.revision !== current.revision) return read
    current = read
  }
  return current
}

const needsRefresh = ({ status, expiresAt, updatedAt }: ConnectionRecord, now: Date): boolean => {
  if (status !== 'active' || expiresAt === null) return false
  // A token that lives for less than the margin is renewed at half of its life.
  const margin = Math.min(MARGIN_MS, (expiresAt.getTime() - updatedAt.getTime()) / 2)
  return expiresAt.getTime() - now.getTime() < margin
}

const renew = async (
  context: ServiceContext,
  connection: ConnectionRecord,
  { definition, installation, deployment }: RefreshOptions,
): Promise<ConnectionRecord> => {
  const { storage, sealer, now, onError } = context
  const { organizationId, id, revision } = connection
  const change = async (change: Parameters<typeof storage.connections.change>[3]) =>
    (await storage.connections.change(organizationId, id, revision, change)) ??
    // Somebody changed it by hand meanwhile; what they wrote holds.
    (await storage.connections.get(organizationId, id)) ?? { ...connection, status: 'expired' as const }
  try {
    const { refreshToken, revealed } = await openCredential(sealer, connection)
    const client = await findClient(context, definition, installation, deployment)
    if (refreshToken === undefined || !client) {
      const isOver = connection.expiresAt !== null && connection.expiresAt <= now()
      return await change({ updatedAt: now(), ...(isOver ? { status: 'expired' } : {}) })
    }
    const service = { definition, variables: connection.variables, ...client, redirectUri: '' }
    const { credential, expiresInSeconds } = await refreshTokens(service, refreshToken, context.outbound)
    return await change({
      sealed: await sealCredential(sealer, connection, { ...credential, ...(revealed ? { revealed } : {}) }),
      expiresAt: expiresInSeconds === null ? null : new Date(now().getTime() + expiresInSeconds * 1000),
      status: 'active',
      updatedAt: now(),
    })
  } catch (error) {
    if (isSoukError(error) && error.code === 'CONNECTION_EXPIRED')
      return change({ status: 'expired', updatedAt: now() })
    onError(error, {})
    // The claim ends with a change, so that the next call may try.
    return change({ updatedAt: now() })
  }
}
