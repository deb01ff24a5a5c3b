import { type EgressRule, type Manifest, settingLeaves } from '@souk/extension-sdk/protocol'
import type { UserActor } from '../policy'
import type { FunctionInvocation } from '../runtime/function-runtime'
import { SoukError } from '../souk-error'
import type { ConnectionRecord, DeploymentRecord, InstallationRecord } from '../storage'
import { type ResolvedConnections, resolveConnections } from './connections/resolve-connections'
import type { ServiceContext } from './service-context'
import { secretPlace } from './settings'
import { readSettings, type SettingsState } from './settings-values'

export interface PreparedCall extends Pick<FunctionInvocation, 'context' | 'egress'> {
  readonly connections: readonly ConnectionRecord[]
  /** What no log and no error may show. */
  readonly secrets: readonly string[]
}

export interface PrepareOptions {
  readonly user: UserActor
  readonly installation: InstallationRecord
  readonly deployment: DeploymentRecord
  readonly only?: readonly ConnectionRecord[] | undefined
  /** Whether a call may go on while required settings are missing: a connection may be made before them. */
  readonly mayLackSettings?: boolean
}

/**
 * Opens what a call may know and use: settings, connections, and the credentials that stay in the broker.
 *
 * @throws {SoukError} `NOT_CONFIGURED` when required settings are missing.
 */
export const prepareCall = async (
  context: ServiceContext,
  { user, installation, deployment, only, mayLackSettings = false }: PrepareOptions,
): Promise<PreparedCall> => {
  const { storage } = context
  const { settings, egress } = deployment.manifest
  const [organizationRows, userRows] = await Promise.all([
    storage.settings.list(installation.id, null),
    storage.settings.list(installation.id, user.userId),
  ])
  const organization = readSettings(settings.organization, organizationRows)
  const own = readSettings(settings.user, userRows)
  if (organization.missing.length > 0 && !mayLackSettings)
    throw new SoukError(
      'NOT_CONFIGURED',
      `The app still needs settings: ${organization.missing.slice(0, 10).join(', ')}. An administrator can fill them in.`,
    )
  const rules = egress.server.filter(({ host }) => installation.grantedEgress.includes(host))
  const open = (state: SettingsState, paths: readonly string[], owner: string | null) =>
    openSecrets(context, state, paths, installation.id, owner)
  const [resolved, revealedOfAll, revealedOwn, attached] = await Promise.all([
    resolveConnections(context, { installation, deployment, userId: user.userId, only }),
    open(organization, revealed(settings.organization), null),
    open(own, revealed(settings.user), user.userId),
    open(organization, attachedSettings(rules), null),
  ])
  return {
    context: {
      user: { id: user.userId, ...(user.name === undefined ? {} : { name: user.name }) },
      organizationId: installation.organizationId,
      installationId: installation.id,
      settings: {
        organization: { ...organization.values, ...revealedOfAll },
        user: { ...own.values, ...revealedOwn },
      },
      ...(resolved.connections.length > 0 ? { connections: resolved.connections } : {}),
    },
    egress: {
      // The rule of a connection comes first: of two exact ones the broker takes the first.
      rules: [...resolved.rules, ...rules],
      credentials: { ...attached, ...resolved.credentials },
    },
    connections: resolved.records,
    secrets: secretsIn(resolved, [attached, revealedOfAll, revealedOwn]),
  }
}

const secretsIn = (
  { credentials, secrets }: ResolvedConnections,
  opened: readonly Readonly<Record<string, string>>[],
): readonly string[] => [...[credentials, ...opened].flatMap((values) => Object.values(values)), ...secrets]

const openSecrets = async (
  { sealer }: ServiceContext,
  { sealed }: SettingsState,
  paths: readonly string[],
  installationId: string,
  userId: string | null,
): Promise<Readonly<Record<string, string>>> => {
  const opened = await Promise.all(
    paths.flatMap((path) => {
      const text = sealed.get(path)
      return text === undefined
        ? []
        : [sealer.open(text, secretPlace(installationId, userId, path)).then((value) => [path, value] as const)]
    }),
  )
  return Object.fromEntries(opened)
}

const revealed = (schema: Manifest['settings']['organization']): readonly string[] =>
  settingLeaves(schema).flatMap(([path, field]) => (field.type === 'secret' && field.reveal ? [path] : []))

const attachedSettings = (rules: readonly EgressRule[]): readonly string[] => [
  ...new Set(rules.flatMap(({ attach }) => (attach ? [attach.setting] : []))),
]
