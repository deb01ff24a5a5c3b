import { APP_EVENTS, type AppEventEntry, type ConnectionDefinition, findConnectionProblem } from './connection'
import { type FieldSchemas, parseFieldSchemas } from './field-schema'
import { findListProblem, type ItemProblem } from './find-list-problem'
import { describe, isCount, isName, isRecord, isRefusal, isString, isStringArray, type Parsed, refuse } from './parse'

import { parseSettingsSchema, type SettingsSchemas, settingLeaves } from './settings-schema'
import { findToolsProblem, type ToolEntry, type Toolset } from './tool'
import { findWebhooksProblem, type WebhookEntry } from './webhook'

/** Something the app may do to the product's data, and why, in words for the admin who grants it. */
export interface ScopeRequest {
  /** `resource:action`, such as `tickets:read`. */
  readonly id: string
  readonly purpose: string
}

/** A host that server functions may reach over https, and why. */
export interface EgressRule {
  /** `api.example.com`, `api.example.com:8443`, or `*.example.com`. */
  readonly host: string
  readonly purpose: string
  /** The broker adds this header to requests to the host, so that app code never holds the credential. */
  readonly attach?: {
    /** The path of a secret organization setting. */
    readonly setting: string
    readonly header: string
    /** The header's value, with `{value}` where the credential goes: `Bearer {value}`. */
    readonly format: string
  }
}

/** Where the app appears. What it does there is code; this is all the product needs to offer it. */
export interface SurfaceEntry {
  readonly kind: string
  readonly id: string
  readonly label: string
  readonly description?: string
  readonly icon?: string
  /** The record types it is for; every type when absent. */
  readonly recordTypes?: readonly string[]
  /** What the product may ask it to evaluate in its frame, such as `shouldShow`. It is asked for nothing else. */
  readonly expressions?: readonly string[]
  readonly color?: string
  /** Where a list of blocks puts it. */
  readonly category?: string
  /** What a block, trigger or quick action takes. */
  readonly inputs?: FieldSchemas
  /** What it gives. */
  readonly outputs?: FieldSchemas
  /** The id of the server function that does it, when it is one: the product's server may call it without a browser. */
  readonly execute?: string
  readonly config?: SurfaceConfig
}

/** How a block, trigger or quick action is to be run. */
export interface SurfaceConfig {
  /** Milliseconds. */
  readonly timeout?: number
  readonly retries?: number
  readonly requiresConnection?: boolean
  readonly canRunSingle?: boolean
  readonly requiresConfirmation?: boolean
  readonly confirmationMessage?: string
  readonly polling?: {
    readonly intervalMinutes?: number
    readonly minIntervalMinutes?: number
    readonly cron?: string
  }
}

export interface FunctionEntry {
  /** `path#export`, stable across rebuilds. */
  readonly id: string
  /** Client code imports it, so the browser may call it. */
  readonly callable: boolean
}

/** Everything the server and the host know of a deployment without running its code. */
export interface Manifest {
  readonly manifestVersion: 1
  /** The app's slug. */
  readonly id: string
  /** Semver. */
  readonly version: string
  readonly protocolVersion: number
  readonly scopes: readonly ScopeRequest[]
  readonly egress: { readonly server: readonly EgressRule[] }
  readonly surfaces: readonly SurfaceEntry[]
  readonly settings: SettingsSchemas
  readonly functions: readonly FunctionEntry[]
  /** Absent in manifests of older builds, as when there are none. */
  readonly connections?: readonly ConnectionDefinition[]
  /** What the app is told of. Absent as above. */
  readonly events?: readonly AppEventEntry[]
  /** What outside services reach. Absent as above. */
  readonly webhooks?: readonly WebhookEntry[]
  /** What it can do for whoever the product lets ask. Absent as above. */
  readonly tools?: readonly ToolEntry[]
  readonly toolsets?: readonly Toolset[]
}

export const SLUG = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
const SEMVER = /^\d{1,9}\.\d{1,9}\.\d{1,9}(?:-[0-9A-Za-z.-]{1,100})?$/
const SCOPE = /^[a-z][a-z0-9-]*:[a-z][a-z0-9-]*$/
const HOST = /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9](?::\d{1,5})?$/
const HEADER = /^[A-Za-z][A-Za-z0-9-]{0,60}$/

export const isSlug = (value: unknown): value is string => isName(value, 60) && SLUG.test(value)

export const isVersion = (value: unknown): value is string => isName(value, 120) && SEMVER.test(value)

/** Parses a manifest: what the build wrote, what the server received, what the database returned. */
export const parseManifest = (value: unknown): Parsed<Manifest> => {
  if (!isRecord(value)) return refuse(`The manifest must be an object; received ${describe(value)}.`)
  if (value.manifestVersion !== 1) return refuse('manifestVersion must be 1.')
  if (!isSlug(value.id)) return refuse('id must be a slug of at most 60 characters, such as order-lookup.')
  if (!isVersion(value.version)) return refuse('version must be a semantic version, such as 1.2.0.')
  if (!isCount(value.protocolVersion)) return refuse('protocolVersion must be a number.')
  const settings = parseSettings(value.settings)
  if (isRefusal(settings)) return settings
  const secrets = settingLeaves(settings.organization).flatMap(([path, field]) =>
    field.type === 'secret' ? [path] : [],
  )
  const problem =
    findListProblem(value.scopes, 'scopes', 100, findScopeProblem) ??
    (isRecord(value.egress) ? undefined : 'egress must be an object.') ??
    findListProblem((value.egress as { server?: unknown }).server, 'egress.server', 50, (rule, at) =>
      findEgressProblem(rule, at, secrets),
    ) ??
    findListProblem(value.surfaces, 'surfaces', 500, findSurfaceProblem) ??
    findListProblem(value.functions, 'functions', 1000, findFunctionProblem) ??
    findConnectionsProblem(value, settings) ??
    findEventsProblem(value) ??
    findWebhooksProblem(value.webhooks, functionsOf(value)) ??
    findToolsProblem(value.tools, value.toolsets, { functions: functionIdsOf(value), findConfigProblem })
  // Every field was checked; unknown ones of a newer SDK are kept.
  return problem ? refuse(problem) : (value as unknown as Manifest)
}

const parseSettings = (value: unknown): Parsed<SettingsSchemas> => {
  if (!isRecord(value)) return refuse('settings must be { organization, user }.')
  const organization = parseSettingsSchema(value.organization, 'settings.organization')
  if (isRefusal(organization)) return organization
  const user = parseSettingsSchema(value.user, 'settings.user')
  if (isRefusal(user)) return user
  return { organization, user }
}

const findScopeProblem: ItemProblem = (scope, at) => {
  if (!isName(scope.id) || !SCOPE.test(scope.id)) return `${at}.id must be resource:action, such as tickets:read.`
  return isName(scope.purpose, 300) ? undefined : `${at}.purpose must say in 1 to 300 characters what the scope is for.`
}

const findEgressProblem = (rule: Readonly<Record<string, unknown>>, at: string, secrets: readonly string[]) => {
  if (!isName(rule.host, 253) || !HOST.test(rule.host))
    return `${at}.host must be a lower-case host name, such as api.example.com; addresses and schemes are not allowed.`
  if (!isName(rule.purpose, 300)) return `${at}.purpose must say in 1 to 300 characters what the host is for.`
  if (rule.attach === undefined) return undefined
  const { attach } = rule
  if (!isRecord(attach) || !isString(attach.setting) || !secrets.includes(attach.setting))
    return `${at}.attach.setting must be the path of a secret organization setting.`
  if (!isName(attach.header) || !HEADER.test(attach.header)) return `${at}.attach.header must be a header name.`
  return isName(attach.format) && attach.format.includes('{value}') && !/[\r\n]/.test(attach.format)
    ? undefined
    : `${at}.attach.format must hold {value}, such as "Bearer {value}".`
}

const findSurfaceProblem: ItemProblem = (surface, at) => {
  if (!isName(surface.kind)) return `${at}.kind must be a surface of the contract.`
  if (!isName(surface.id)) return `${at}.id must be 1 to 200 characters.`
  if (!isName(surface.label)) return `${at}.label must be 1 to 200 characters.`
  const { recordTypes, expressions } = surface
  const isNames = (value: unknown) =>
    value === undefined || (isStringArray(value) && value.every((name) => isName(name)))
  if (!isNames(recordTypes)) return `${at}.recordTypes must be an array of names.`
  if (!isNames(expressions)) return `${at}.expressions must be an array of names.`
  const text = (['description', 'icon', 'color', 'category'] as const).find(
    (key) => surface[key] !== undefined && !isName(surface[key], 1_000),
  )
  if (text) return `${at}.${text} must be text of 1 to 1,000 characters.`
  if (surface.execute !== undefined && !isFunctionId(surface.execute)) return `${at}.execute must be path#export.`
  for (const side of ['inputs', 'outputs'] as const) {
    const fields = surface[side] === undefined ? {} : parseFieldSchemas(surface[side], `${at}.${side}`)
    if (isRefusal(fields)) return fields.refused
  }
  return surface.config === undefined ? undefined : findConfigProblem(surface.config, `${at}.config`)
}

const HOUR_MS = 3_600_000
const YEAR_MINUTES = 525_600
const CRON = /^[\w*,/-]+(?: [\w*,/-]+){4}$/

const findConfigProblem = (config: unknown, at: string): string | undefined => {
  if (!isRecord(config)) return `${at} must be an object.`
  const isWhole = (value: unknown, min: number, max: number) =>
    value === undefined || (Number.isInteger(value) && (value as number) >= min && (value as number) <= max)
  const { timeout, retries, confirmationMessage, polling } = config
  if (!isWhole(timeout, 1, HOUR_MS)) return `${at}.timeout must be a whole number of milliseconds, 1 to ${HOUR_MS}.`
  if (!isWhole(retries, 0, 10)) return `${at}.retries must be a whole number from 0 to 10.`
  const flag = (['requiresConnection', 'canRunSingle', 'requiresConfirmation'] as const).find(
    (key) => config[key] !== undefined && typeof config[key] !== 'boolean',
  )
  if (flag) return `${at}.${flag} must be true or false.`
  if (confirmationMessage !== undefined && !isName(confirmationMessage, 2_000))
    return `${at}.confirmationMessage must be text of 1 to 2,000 characters.`
  if (polling === undefined) return undefined
  if (!isRecord(polling)) return `${at}.polling must be an object.`
  const { intervalMinutes, minIntervalMinutes, cron } = polling
  if (!isWhole(intervalMinutes, 1, YEAR_MINUTES) || !isWhole(minIntervalMinutes, 1, YEAR_MINUTES))
    return `${at}.polling.intervalMinutes and minIntervalMinutes must be whole numbers from 1.`
  return cron === undefined || (isName(cron) && CRON.test(cron))
    ? undefined
    : `${at}.polling.cron must have five fields, such as "0 6 * * 1".`
}

const isFunctionId = (value: unknown): boolean => isName(value, 500) && /^[^#]+#[A-Za-z_$][\w$]*$/.test(value)

const findFunctionProblem: ItemProblem = (entry, at) => {
  if (!isFunctionId(entry.id)) return `${at}.id must be path#export.`
  return typeof entry.callable === 'boolean' ? undefined : `${at}.callable must be true or false.`
}

/** Only after everything else of the manifest was checked. */
const findConnectionsProblem = (value: Readonly<Record<string, unknown>>, settings: SettingsSchemas) => {
  if (value.connections === undefined) return undefined
  const leaves = settingLeaves(settings.organization)
  const pathsOf = (type: string) => leaves.flatMap(([path, field]) => (field.type === type ? [path] : []))
  const around = {
    hosts: (value.egress as Manifest['egress']).server.map(({ host }) => host),
    secretSettings: pathsOf('secret'),
    textSettings: pathsOf('string'),
  }
  const ids = functionIdsOf(value)
  return findListProblem(value.connections, 'connections', 50, (item, at) => {
    const problem = findConnectionProblem(item, at, around)
    if (problem || item.test === undefined) return problem
    return ids.includes(item.test) ? undefined : `${at}.test must be the id of one of its functions.`
  })
}

const findEventsProblem = (value: Readonly<Record<string, unknown>>) => {
  if (value.events === undefined) return undefined
  const ids = functionIdsOf(value)
  return findListProblem(value.events, 'events', 50, (item, at) => {
    if (!APP_EVENTS.some((type) => type === item.type)) return `${at}.type must be one of ${APP_EVENTS.join(', ')}.`
    return ids.includes(item.function) ? undefined : `${at}.function must be the id of one of its functions.`
  })
}

/** Only after they were checked. */
const functionsOf = ({ functions }: Readonly<Record<string, unknown>>) => functions as Manifest['functions']

const functionIdsOf = (value: Readonly<Record<string, unknown>>): readonly unknown[] =>
  functionsOf(value).map(({ id }) => id)
