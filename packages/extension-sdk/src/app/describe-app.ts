import { serverFunctionId } from '../client/create-server-function'
import { type FieldBuilders, toFieldSchemas } from '../fields/field-builder'
import { type FieldSchemas, parseFieldSchemas } from '../protocol/field-schema'
import type { SurfaceConfig, SurfaceEntry } from '../protocol/manifest'
import { isRecord, isRefusal } from '../protocol/parse'
import type { SettingsSchemas } from '../protocol/settings-schema'
import type { Toolset } from '../protocol/tool'
import { SdkError } from '../sdk-error'
import { serializeSettings } from '../settings/serialize-settings'
import { expressionsOf } from './expressions'
import { type DeclaredSurface, listSurfaces } from './list-surfaces'
import type { App } from './surfaces'

/** What of an app can be said without running it: the part of the manifest that `app.tsx` declares. */
export interface AppDescription {
  readonly surfaces: readonly SurfaceEntry[]
  readonly settings: SettingsSchemas
  readonly toolsets?: readonly Toolset[]
}

const TEXTS = ['description', 'icon', 'color', 'category'] as const

/** Kinds that something is filled in for and that do something with it. */
const HAS_SCHEMA: readonly string[] = ['workflow.blocks', 'workflow.triggers', 'quickActions']

const refuseSurface = ({ kind, surface }: DeclaredSurface, sentence: string): SdkError =>
  new SdkError('INVALID_MANIFEST', `${kind} ${JSON.stringify(surface.id)}: ${sentence}`)

/** The fields of one side of a schema, checked: a pattern that no engine reads would fail only when somebody types. */
const fieldsOf = (declared: DeclaredSurface, side: 'inputs' | 'outputs'): FieldSchemas => {
  const { schema } = declared.surface
  if (!isRecord(schema) || !isRecord(schema.inputs))
    throw refuseSurface(declared, 'schema must be { inputs, outputs }, with fields of Workflow.string() and its like.')
  const builders = schema[side] ?? {}
  if (!isRecord(builders) || !Object.values(builders).every((builder) => isRecord(builder) && isRecord(builder.field)))
    throw refuseSurface(
      declared,
      `schema.${side} has a value that is no field. Make each with Workflow.string() or another builder.`,
    )
  // Each has just been seen to carry its field, which is checked here.
  const given = toFieldSchemas(builders as unknown as FieldBuilders)
  // JSON leaves it out without a word.
  for (const [name, field] of Object.entries(given))
    for (const [key, value] of Object.entries(field))
      if (['function', 'symbol', 'bigint'].includes(typeof value))
        throw refuseSurface(
          declared,
          `schema.${side}.${name}.${key} is a ${typeof value}, and a manifest holds plain data. Use text, a number, a list or an object.`,
        )
  const fields = parseFieldSchemas(given, `schema.${side}`)
  if (isRefusal(fields)) throw refuseSurface(declared, fields.refused)
  for (const [name, { pattern }] of Object.entries(fields))
    if (pattern !== undefined && !isPattern(pattern))
      throw refuseSurface(declared, `schema.${side}.${name}.pattern is no regular expression.`)
  return fields
}

const isPattern = (pattern: string): boolean => {
  try {
    return Boolean(new RegExp(`^(?:${pattern})$`, 'u'))
  } catch {
    return false
  }
}

const whatItDoes = (declared: DeclaredSurface): Partial<SurfaceEntry> => {
  const { kind, surface } = declared
  if (!HAS_SCHEMA.includes(kind)) return {}
  const execute = serverFunctionId(surface.execute)
  if (typeof surface.execute !== 'function' && kind !== 'workflow.triggers')
    throw refuseSurface(declared, 'execute must be a function, such as one of a *.server.ts file.')
  return {
    inputs: fieldsOf(declared, 'inputs'),
    outputs: fieldsOf(declared, 'outputs'),
    ...(execute === undefined ? {} : { execute }),
    // The manifest's parser looks at every part of it.
    ...(surface.config === undefined ? {} : { config: surface.config as SurfaceConfig }),
  }
}

/**
 * Reads the surfaces and settings of an app.
 *
 * @throws {SdkError} `INVALID_MANIFEST` when two surfaces of a kind share an id, or a field or setting is wrong.
 */
export const describeApp = (app: App): AppDescription => {
  // A component that was wrapped, as by memo, is an object that says what it is.
  const { page } = app
  if (page !== undefined && typeof page !== 'function' && Reflect.get(Object(page), '$$typeof') === undefined)
    throw new SdkError(
      'INVALID_MANIFEST',
      'The page of the app, which src/app.tsx exports as "App", must be a component. Name it otherwise when it is something else.',
    )
  const seen = new Set<string>()
  const surfaces = listSurfaces(app).map((declared): SurfaceEntry => {
    const { kind, surface } = declared
    const { id, label, recordTypes } = surface
    if (seen.has(`${kind}#${id}`))
      throw new SdkError(
        'INVALID_MANIFEST',
        `${kind} has two surfaces with the id ${JSON.stringify(id)}. Give each its own.`,
      )
    seen.add(`${kind}#${id}`)
    const expressions = expressionsOf(declared)
    const texts = TEXTS.filter((name) => surface[name] !== undefined).map((name) => [name, surface[name]])
    return {
      kind,
      id,
      label,
      ...Object.fromEntries(texts),
      ...(Array.isArray(recordTypes) ? { recordTypes } : {}),
      ...(expressions.length === 0 ? {} : { expressions }),
      ...whatItDoes(declared),
    }
  })
  // All that the build leaves of a tool of a *.tool.ts file is which it is.
  const stray = (app.tools ?? []).find((tool) => typeof Reflect.get(Object(tool), 'tool') !== 'string')
  if (stray)
    throw new SdkError(
      'INVALID_MANIFEST',
      `tools has ${JSON.stringify(stray.id)}, which is not from a file that is named *.tool.ts. Tools run on the server alone: move it into one.`,
    )
  return {
    surfaces,
    ...(app.toolsets === undefined ? {} : { toolsets: app.toolsets }),
    settings: {
      organization: serializeSettings(app.settings?.organization, 'settings.organization'),
      user: serializeSettings(app.settings?.user, 'settings.user'),
    },
  }
}
