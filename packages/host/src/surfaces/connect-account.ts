import type { ActiveExtension } from '@souk/extension-sdk/protocol'
import type { Souk } from '../souk-context'
import type { Overlays } from './overlays'

/** How long a person may take at the service, and how often it is asked whether they are done. */
const GIVE_UP_MS = 5 * 60_000
const POLL_MS = 1_000

export interface ConnectAccountOptions {
  readonly extension: Pick<ActiveExtension, 'appInstallationId' | 'title'>
  readonly souk: Souk
  readonly overlays: Pick<Overlays, 'confirm'>
  readonly request: { readonly connection: string; readonly connectionId?: string }
  readonly signal: AbortSignal
  readonly pollMs?: number
}

/**
 * Offers the user to connect what a server function lacked: asks, opens the service in a new window, and waits until it is connected.
 *
 * @returns Whether it is connected now. False when the user may not, would not, or has to fill in a form, which is in the marketplace.
 */
export const connectAccount = async (options: ConnectAccountOptions): Promise<boolean> => {
  const { extension, souk, overlays, request, signal, pollMs = POLL_MS } = options
  const { client, services } = souk
  const installationId = extension.appInstallationId
  if (services.connectAccount) return services.connectAccount({ installationId, ...request }, signal)
  const before = await client.connections(installationId)
  const definition = before.definitions.find(({ id }) => id === request.connection)
  if (!definition?.ready || !definition.mayConnect || definition.type !== 'oauth2-code') return false
  const account = before.connections.find(({ id }) => id === request.connectionId)
  // Where a variable has to be filled in, there is a form for it.
  if (!account && definition.variables.length > 0) return false
  const confirmed = await overlays.confirm(
    {
      title: account ? `${account.label} has to be connected again` : `Connect ${definition.label}?`,
      description: 'The service opens in a new window. What you were doing goes on when you are done there.',
      confirmLabel: 'Continue',
    },
    extension.title,
    signal,
  )
  if (!confirmed) return false
  // At once, while the press of the button still counts for the browser; the address follows.
  const opened = window.open('about:blank', '_blank')
  // The service must not lead this page elsewhere.
  if (opened) opened.opener = null
  try {
    const { authorizationUrl } = await client.connect(installationId, {
      definitionId: definition.id,
      ...(account ? { connectionId: account.id } : {}),
    })
    if (!opened || authorizationUrl === null) return false
    opened.location.replace(authorizationUrl)
    const known = new Map(before.connections.map(({ id, updatedAt }) => [id, updatedAt]))
    const isDone = async () =>
      (await client.connections(installationId)).connections.some(
        ({ id, definitionId, status, updatedAt }) =>
          definitionId === definition.id && status === 'active' && known.get(id) !== updatedAt,
      )
    return await waitFor(isDone, signal, pollMs)
  } finally {
    opened?.close()
  }
}

const waitFor = async (isDone: () => Promise<boolean>, signal: AbortSignal, pollMs: number): Promise<boolean> => {
  const giveUpAt = Date.now() + GIVE_UP_MS
  while (!signal.aborted && Date.now() < giveUpAt) {
    await new Promise((resolve) => setTimeout(resolve, pollMs))
    if (!signal.aborted && (await isDone())) return true
  }
  return false
}
