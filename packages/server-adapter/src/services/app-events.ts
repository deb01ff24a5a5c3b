import type { AppEventType, SettingsScope } from '@souk/extension-sdk/protocol'
import type { UserActor } from '../policy'
import { isSoukError } from '../souk-error'
import type { ConnectionRecord, DeploymentRecord, InstallationRecord } from '../storage'
import { type HookSubject, runHook } from './connections/run-hook'
import { isRunnable } from './deployment-steps'
import { requireDeployment } from './installation-access'
import type { RunFunction } from './run-function'
import type { ServiceContext } from './service-context'
import { createSystemUser } from './system-user'

/** For all connections of an installation together: who uninstalls is not held by an app. */
const ALL_CONNECTIONS_MS = 30_000

/**
 * Tells apps what happens to them. Nothing waits for more than a call may take, and nothing depends on how it ends: what app code throws is in the
 * logs of the call.
 */
export const createAppEvents = (context: ServiceContext, runFunction: RunFunction) => {
  const { storage, now } = context

  /** @returns The label that a function of the app gave. */
  const tell = async (
    type: AppEventType,
    subject: HookSubject,
    more: Readonly<Record<string, string>> = {},
  ): Promise<string | undefined> => {
    const { deployment, installation, connection } = subject
    if (!isRunnable(deployment, installation.organizationId)) return undefined
    const about = connection ? { connectionId: connection.id, connection: connection.definitionId } : {}
    let label: string | undefined
    for (const event of deployment.manifest.events?.filter((entry) => entry.type === type) ?? []) {
      try {
        label = (await runHook(runFunction, event.function, subject, { type, ...about, ...more })) ?? label
      } catch (error) {
        // What app code throws is in the log of the call; what we throw is for the operator.
        if (!isSoukError(error)) context.onError(error, {})
      }
    }
    return label
  }

  /** The app may prepare itself, and name the account. */
  const connectionAdded = async (
    subject: HookSubject & { readonly connection: ConnectionRecord },
  ): Promise<ConnectionRecord> => {
    const { connection } = subject
    const label = await tell('connection.added', subject)
    if (label === undefined) return connection
    const { organizationId, id, revision } = connection
    return (await storage.connections.change(organizationId, id, revision, { label, updatedAt: now() })) ?? connection
  }

  /** Before the rows are gone, so that the app can take back what it left at the service. */
  const connectionRemoved = async (subject: HookSubject & { readonly connection: ConnectionRecord }): Promise<void> =>
    void (await tell('connection.removed', subject))

  const eachConnection = async (
    user: UserActor,
    installation: InstallationRecord,
    deployment: DeploymentRecord,
    run: (subject: HookSubject & { readonly connection: ConnectionRecord }) => Promise<unknown>,
  ): Promise<void> => {
    const signal = AbortSignal.timeout(ALL_CONNECTIONS_MS)
    for (const connection of await storage.connections.list(user.organizationId, installation.id)) {
      if (signal.aborted) return
      // An account of a user's own is used for its owner alone, whoever installs or uninstalls.
      const actor = connection.userId === null ? user : createSystemUser(user.organizationId, connection.userId)
      await run({ user: actor, installation, deployment, connection, signal })
    }
  }

  return {
    connectionAdded,
    connectionRemoved,

    /** Connections outlive an uninstall: the app is told of them again when it comes back. */
    async installed(user: UserActor, installation: InstallationRecord): Promise<void> {
      const deployment = await requireDeployment(context, installation)
      await tell('installed', { user, installation, deployment, connection: null })
      await eachConnection(user, installation, deployment, connectionAdded)
    },

    /** While it still may run: the connections, which it may use no more, and then itself. */
    async uninstalling(user: UserActor, installation: InstallationRecord): Promise<void> {
      const deployment = await requireDeployment(context, installation)
      await eachConnection(user, installation, deployment, connectionRemoved)
      await tell('uninstalled', { user, installation, deployment, connection: null })
    },

    /** In a form of the product. What app code writes itself, it knows. */
    async settingsChanged(user: UserActor, installation: InstallationRecord, scope: SettingsScope): Promise<void> {
      const deployment = await requireDeployment(context, installation)
      await tell('settings.changed', { user, installation, deployment, connection: null }, { scope })
    },
  }
}

export type AppEvents = ReturnType<typeof createAppEvents>
