import type { SurfaceEntry } from '../protocol/manifest'
import type { SettingsSchemas } from '../protocol/settings-schema'
import { SdkError } from '../sdk-error'
import { serializeSettings } from '../settings/serialize-settings'
import { expressionsOf } from './expressions'
import { listSurfaces } from './list-surfaces'
import type { App } from './surfaces'

/** What of an app can be said without running it: the part of the manifest that `app.tsx` declares. */
export interface AppDescription {
  readonly surfaces: readonly SurfaceEntry[]
  readonly settings: SettingsSchemas
}

/**
 * Reads the surfaces and settings of an app.
 *
 * @throws {SdkError} `INVALID_MANIFEST` when two surfaces of a kind share an id, or a setting is wrong.
 */
export const describeApp = (app: App): AppDescription => {
  const seen = new Set<string>()
  const surfaces = listSurfaces(app).map((declared): SurfaceEntry => {
    const { kind, surface } = declared
    const { id, label, description, icon, recordTypes } = surface
    if (seen.has(`${kind}#${id}`))
      throw new SdkError(
        'INVALID_MANIFEST',
        `${kind} has two surfaces with the id ${JSON.stringify(id)}. Give each its own.`,
      )
    seen.add(`${kind}#${id}`)
    const expressions = expressionsOf(declared)
    return {
      kind,
      id,
      label,
      ...(description === undefined ? {} : { description }),
      ...(icon === undefined ? {} : { icon }),
      ...(recordTypes === undefined ? {} : { recordTypes }),
      ...(expressions.length === 0 ? {} : { expressions }),
    }
  })
  return {
    surfaces,
    settings: {
      organization: serializeSettings(app.settings?.organization, 'settings.organization'),
      user: serializeSettings(app.settings?.user, 'settings.user'),
    },
  }
}
