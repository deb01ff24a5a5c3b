import { decodeValue, encodeValue, isName, isRecord, isRefusal, type PlainRecord } from '@souk/extension-sdk/protocol'
import { createId } from '../../crypto/create-id'
import type { UserActor } from '../../policy'
import type { ConnectionRecord, DeploymentRecord, InstallationRecord } from '../../storage'
import type { RunFunction } from '../run-function'
import { toStorableText } from '../storable-text'

export interface HookSubject {
  readonly user: UserActor
  readonly installation: InstallationRecord
  readonly deployment: DeploymentRecord
  /** null: it is about the installation, and may use all that a call of the user may. */
  readonly connection: ConnectionRecord | null
  /** Ends it before the time that a call has. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Runs a function that the platform calls about a connection, which is all it is given, or about the installation.
 *
 * @returns The label that the function wants the account to be known by, if it named one.
 * @throws {SoukError} What the function threw.
 */
export const runHook = async (
  runFunction: RunFunction,
  functionId: string,
  { user, installation, deployment, connection, signal }: HookSubject,
  event: PlainRecord,
): Promise<string | undefined> => {
  if (deployment.serverBundleId === null) return undefined
  const encoded = encodeValue([event])
  if (isRefusal(encoded)) throw new TypeError(encoded.refused)
  const { result } = await runFunction({
    user,
    installation,
    deployment,
    bundleId: deployment.serverBundleId,
    functionId,
    args: encoded.text,
    traceId: createId(),
    signal,
    ...(connection ? { only: [connection] } : {}),
    // A connection may be made before the settings are filled in.
    mayLackSettings: true,
  })
  const answer = decodeValue(result)
  if (isRefusal(answer) || !isRecord(answer.value) || !isName(answer.value.label)) return undefined
  return toStorableText(answer.value.label)
}
