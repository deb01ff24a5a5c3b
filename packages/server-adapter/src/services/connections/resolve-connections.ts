import { type ConnectionDefinition, type EgressRule, hostCovers } from '@souk/extension-sdk/protocol'
import type { FunctionConnection } from '../../runtime/function-runtime'
import type { ConnectionRecord, DeploymentRecord, InstallationRecord } from '../../storage'
import type { ServiceContext } from '../service-context'
import { attachedHeaders, type Credential, mainValue, openCredential, secretsOf } from './credential'
import { refreshConnection } from './refresh'

/** What a call gets of the connections of its installation. */
export interface ResolvedConnections {
  readonly records: readonly ConnectionRecord[]
  /** For the function. */
  readonly connections: readonly FunctionConnection[]
  /** For the broker: rules that attach a credential, and the credentials by the names in them. */
  readonly rules: readonly EgressRule[]
  readonly credentials: Readonly<Record<string, string>>
  /** What no log and no error may show. */
  readonly secrets: readonly string[]
}

export interface ResolveOptions {
  readonly installation: InstallationRecord
  readonly deployment: DeploymentRecord
  /** Whose own connections count, beside the organization's. */
  readonly userId: string
  /** Instead of all: those a hook is about. */
  readonly only?: readonly ConnectionRecord[] | undefined
}

export const definitionOf = ({ manifest }: DeploymentRecord, id: string): ConnectionDefinition | undefined =>
  manifest.connections?.find((definition) => definition.id === id)

/** The connections of this app in this organization that the user may use, with tokens that last, opened. */
export const resolveConnections = async (
  context: ServiceContext,
  { installation, deployment, userId, only }: ResolveOptions,
): Promise<ResolvedConnections> => {
  // Most apps have none, and pay nothing.
  if (!deployment.manifest.connections?.length) return NONE
  const { organizationId, id } = installation
  const all = only ?? (await context.storage.connections.list(organizationId, id))
  const usable = all.flatMap((record) => {
    const definition = definitionOf(deployment, record.definitionId)
    const isMine = record.userId === null || record.userId === userId
    const isOfScope = (record.userId === null) === (definition?.scope === 'organization')
    return definition && isMine && isOfScope ? [{ record, definition }] : []
  })
  const opened = await Promise.all(
    usable.map(async ({ record, definition }): Promise<Opened> => {
      const fresh =
        definition.type === 'oauth2-code'
          ? await refreshConnection(context, record, { definition, installation, deployment })
          : record
      const credential = fresh.status === 'active' ? await openCredential(context.sealer, fresh) : {}
      return { record: fresh, definition, credential }
    }),
  )
  return {
    records: opened.map(({ record }) => record),
    connections: opened.map(toFunctionConnection),
    ...attach(opened, installation.grantedEgress),
    secrets: opened.flatMap(({ definition, credential }) => secretsOf(definition, credential)),
  }
}

const NONE: ResolvedConnections = { records: [], connections: [], rules: [], credentials: {}, secrets: [] }

interface Opened {
  readonly record: ConnectionRecord
  readonly definition: ConnectionDefinition
  readonly credential: Credential
}

const toFunctionConnection = ({ record, definition, credential }: Opened): FunctionConnection => {
  const isRevealed = definition.reveal === true && credential.revealed === true
  const value = isRevealed ? mainValue(definition, credential) : undefined
  return {
    id: record.id,
    definition: definition.id,
    type: definition.type,
    scope: definition.scope,
    label: record.label,
    status: record.status,
    variables: record.variables,
    expiresAt: record.expiresAt?.getTime() ?? null,
    ...(value === undefined ? {} : { value }),
    ...(isRevealed && credential.fields ? { fields: credential.fields } : {}),
  }
}

/** One rule for each host; a host that nobody consented to has none, whatever a definition or a variable says. */
const attach = (
  opened: readonly Opened[],
  granted: readonly string[],
): Pick<ResolvedConnections, 'rules' | 'credentials'> => {
  const rules = new Map<string, EgressRule>()
  const credentials: Record<string, string> = Object.create(null)
  for (const { record, definition, credential } of opened) {
    if (record.status !== 'active') continue
    for (const { host, header, value } of attachedHeaders(definition, record, credential)) {
      if (!granted.some((rule) => hostCovers(rule, host))) continue
      const name = `connection ${host}`
      const known = rules.get(host)
      // Definitions that attach different headers to one host are refused with the manifest; variables may still meet.
      if (known && known.attach?.header !== header) continue
      if (!known)
        rules.set(host, { host, purpose: definition.label, attach: { setting: name, header, format: '{value}' } })
      // The account that getConnection() gives is the first; others are named with the request.
      credentials[name] ??= value
      credentials[`${name} ${record.id}`] = value
    }
  }
  return { rules: [...rules.values()], credentials: { ...credentials } }
}
