import { type SettingsResponse, type SettingsScope, settingLeaves } from '@souk/extension-sdk/protocol'
import { type Actor, authorize } from '../policy'
import { invalidInput } from '../souk-error'
import type { SettingWrite } from '../storage'
import type { AppEvents } from './app-events'
import { audit, type Changes } from './audit'
import { changedFields, hideValues } from './changed-fields'
import { requireActive, requireDeployment } from './installation-access'
import { orConflict, requireUser, type ServiceContext } from './service-context'
import { readSettings, type SettingsState, settingsWriteSchema } from './settings-values'

export type SettingsInput = Readonly<Record<string, string | number | boolean | null>>

/** The place a secret belongs to; it opens nowhere else. */
export const secretPlace = (installationId: string, userId: string | null, path: string): readonly string[] => [
  installationId,
  userId ?? '',
  path,
]

/**
 * The settings of installations, for the organization and for each user. Secrets go in and do not come out.
 *
 * @param appEvents Absent for what app code writes itself: told of it, it would write again without end.
 */
export const createSettingsService = (context: ServiceContext, appEvents?: Pick<AppEvents, 'settingsChanged'>) => {
  const { storage, sealer } = context

  const open = async (actor: Actor, id: string, scope: SettingsScope, access: 'read' | 'write') => {
    const { organizationId, userId } = requireUser(actor)
    if (scope === 'organization')
      authorize(actor, `organization-settings.${access}`, { type: 'organization', organizationId })
    else authorize(actor, `user-settings.${access}`, { type: 'user', organizationId, userId })
    const installation = await requireActive(context, organizationId, id)
    const deployment = await requireDeployment(context, installation)
    return {
      installation,
      schema: deployment.manifest.settings[scope],
      owner: scope === 'user' ? userId : null,
    }
  }

  const respond = (schema: SettingsResponse['schema'], { values, sealed }: SettingsState): SettingsResponse => ({
    schema,
    values,
    secretsSet: [...sealed.keys()],
  })

  return {
    async read(actor: Actor, id: string, scope: SettingsScope): Promise<SettingsResponse> {
      const { installation, schema, owner } = await open(actor, id, scope, 'read')
      return respond(schema, readSettings(schema, await storage.settings.list(installation.id, owner)))
    },

    async write(actor: Actor, id: string, scope: SettingsScope, input: SettingsInput): Promise<SettingsResponse> {
      const { installation, schema, owner } = await open(actor, id, scope, 'write')
      const parsed = settingsWriteSchema(schema).safeParse(input)
      const values: Readonly<Record<string, unknown>> = parsed.success ? parsed.data : {}
      const fields: Record<string, string> = parsed.success ? {} : fieldErrors(parsed.error.issues)

      const before = readSettings(schema, await storage.settings.list(installation.id, owner))
      for (const [path, field] of settingLeaves(schema)) {
        if (Object.hasOwn(fields, path) || field.optional) continue
        const sent = Object.hasOwn(input, path) ? input[path] : undefined
        const removed = sent === null || (sent === '' && field.type !== 'secret')
        const hasDefault = field.type === 'boolean' || (field.type !== 'secret' && field.default !== undefined)
        if (removed ? !hasDefault : sent === undefined && before.missing.includes(path))
          fields[path] = 'This setting is required.'
      }
      if (Object.keys(fields).length > 0)
        throw invalidInput('Some settings were refused, and none was saved. Put right what `fields` names.', fields)

      const writes: SettingWrite[] = []
      for (const [path, field] of settingLeaves(schema)) {
        if (!Object.hasOwn(values, path)) continue
        // The schema that was built from the app's own has just passed it.
        const value = values[path] as string | number | boolean | null | undefined
        if (value === undefined) continue
        const secret = field.type === 'secret'
        const place = secretPlace(installation.id, owner, path)
        writes.push({
          key: path,
          secret,
          value: secret && value !== null ? await sealer.seal(String(value), place) : value,
        })
      }
      const records = await orConflict(
        storage.settings.write(installation.id, owner, installation.currentDeploymentId, writes),
        'The app moved to another version just now. Reload it and save the settings again.',
      )
      const after = readSettings(schema, records)
      await audit(
        context,
        actor,
        `${scope}-settings.write`,
        { type: 'installation', id: installation.id, organizationId: installation.organizationId },
        settingChanges(scope, before, after),
      )
      await appEvents?.settingsChanged(requireUser(actor), installation, scope)
      return respond(schema, after)
    },
  }
}

/**
 * Values of the organization as they are. Of a secret, whether there was one: the sealed texts of the same secret differ, so that each
 * one sent is a change. Of a user's own settings the names alone, as the log is read by administrators.
 */
const settingChanges = (scope: SettingsScope, before: SettingsState, after: SettingsState): Changes => {
  const plain = changedFields(before.values, after.values)
  const secrets = hideValues(changedFields(Object.fromEntries(before.sealed), Object.fromEntries(after.sealed)))
  return { ...(scope === 'user' ? hideValues(plain) : plain), ...secrets }
}

interface Issue {
  readonly code?: string
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly keys?: readonly string[]
}

const fieldErrors = (issues: readonly Issue[]): Record<string, string> => {
  const entries = issues.flatMap(({ path, message, keys }): [string, string][] =>
    keys ? keys.slice(0, 20).map((key) => [key.slice(0, 200), message]) : [[String(path[0] ?? ''), message]],
  )
  // The first message of a field is the one to show.
  return Object.fromEntries(entries.reverse())
}
