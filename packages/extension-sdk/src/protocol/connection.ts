import { findListProblem, type ItemProblem } from './find-list-problem'
import { isName, isPrototypeKey, isRecord, isString, isStringArray } from './parse'

export const CONNECTION_SCOPES = ['organization', 'user'] as const

/** `organization`: an admin connects, for everybody. `user`: each user connects an account of their own. */
export type ConnectionScope = (typeof CONNECTION_SCOPES)[number]

/** A part of an address that whoever connects fills in, such as a shop's subdomain. It holds letters, digits and hyphens only. */
export interface ConnectionVariable {
  /** Stands in templates as `{name}`. */
  readonly name: string
  readonly label: string
  readonly description?: string
  readonly placeholder?: string
}

/** One value of a `secret` connection. */
export interface ConnectionField {
  readonly name: string
  readonly label: string
  readonly description?: string
  readonly placeholder?: string
  /** False for what may be seen while it is typed, such as a user name. It is stored encrypted either way. Default true. */
  readonly secret?: boolean
  readonly optional?: true
}

/** The egress broker adds this header to requests to the host, so that app code never holds the credential. */
export interface ConnectionAttachment {
  /** A host that `egress.server` covers; it may hold variables, as in `{shop}.myshopify.com`. */
  readonly host: string
  readonly header: string
  /** The header's value. `{value}` is the access token or the first field; `{name}` a field or a variable by its name. */
  readonly format: string
  /** Sends `Basic` and the format in Base64, as in `{user}:{password}`. */
  readonly encoding?: 'basic'
}

interface DefinitionBase {
  /** The name of its file: `shopify` for `shopify.connection.ts`. */
  readonly id: string
  readonly label: string
  readonly description?: string
  readonly scope: ConnectionScope
  /** Several accounts may be connected at a time. */
  readonly multiple?: true
  readonly variables?: readonly ConnectionVariable[]
  readonly attach?: readonly ConnectionAttachment[]
  /** Server functions may read the credential. Without it, only the egress broker uses it. */
  readonly reveal?: true
  /** The id of the function that tries a new credential before it is saved. */
  readonly test?: string
}

/** OAuth 2 with an authorization code, PKCE included. */
export interface OAuth2ConnectionDefinition extends DefinitionBase {
  readonly type: 'oauth2-code'
  /** https; may hold variables. */
  readonly authorizationUrl: string
  readonly tokenUrl: string
  readonly revocationUrl?: string
  /** The `iss` that the service sends with its answers, when it does. */
  readonly issuer?: string
  readonly scopes: readonly string[]
  /** More parameters of the authorization request, such as `{ access_type: 'offline' }`. */
  readonly parameters?: Readonly<Record<string, string>>
  /** How the client proves itself. Default `basic`. `none` is a public client, by PKCE alone. */
  readonly clientAuthentication?: 'basic' | 'post' | 'none'
  /** Organization settings that hold the client, when each organization brings its own. Default: the client the developer saved. */
  readonly client?: { readonly idSetting: string; readonly secretSetting?: string }
}

export interface SecretConnectionDefinition extends DefinitionBase {
  readonly type: 'secret'
  readonly fields: readonly ConnectionField[]
}

/** An account without a credential, such as a public API with a region. */
export interface NoneConnectionDefinition extends DefinitionBase {
  readonly type: 'none'
}

export type ConnectionDefinition = OAuth2ConnectionDefinition | SecretConnectionDefinition | NoneConnectionDefinition

/** What an app is told of. A file is named after one: `connection-added.event.ts` for `connection.added`. */
export const APP_EVENTS = [
  'installed',
  'uninstalled',
  'settings.changed',
  'connection.added',
  'connection.removed',
] as const

export type AppEventType = (typeof APP_EVENTS)[number]

/** An event, and the function that is told. */
export interface AppEventEntry {
  readonly type: AppEventType
  /** `path#export`. */
  readonly function: string
}

const ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,59}$/
const VARIABLE_VALUE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i
const HOST = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9](?::\d{1,5})?$/
const HEADER = /^[A-Za-z][A-Za-z0-9-]{0,60}$/
const PLACEHOLDER = /\{([^{}]*)\}/g

/** A value that may stand where a variable stands: one label of a host name. */
export const isVariableValue = (value: unknown): value is string => isString(value) && VARIABLE_VALUE.test(value)

/** Puts values where a template has `{name}`. The caller has checked that all of them are there. */
export const fillTemplate = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replaceAll(PLACEHOLDER, (_, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? '') : ''))

/** Whether a rule of `egress.server` covers a host, which is written as in `url.host`. */
export const hostCovers = (rule: string, host: string): boolean =>
  rule.startsWith('*.') ? host.endsWith(rule.slice(1)) && host.length >= rule.length : rule === host

const namesIn = (template: string): readonly string[] =>
  [...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name)

/** What the template gives with a value in each place, to look at its form. */
const sampleOf = (template: string): string => template.replaceAll(PLACEHOLDER, 'x')

type Loose = Readonly<Record<string, unknown>>

/** What a manifest's connection is checked against. */
export interface ConnectionSurroundings {
  /** Hosts of `egress.server`. */
  readonly hosts: readonly string[]
  readonly secretSettings: readonly string[]
  readonly textSettings: readonly string[]
}

const findNamedListProblem = (list: unknown, at: string, max: number, problemOf: ItemProblem): string | undefined => {
  if (list === undefined) return undefined
  const names = new Set<unknown>()
  return findListProblem(list, at, max, (item, place) => {
    const problem = problemOf(item, place)
    if (problem || item.name === undefined) return problem
    if (names.has(item.name)) return `${place}.name is there twice.`
    names.add(item.name)
    return undefined
  })
}

const findInputProblem = (item: Loose, at: string): string | undefined => {
  if (!isString(item.name) || !NAME.test(item.name) || item.name === 'value' || isPrototypeKey(item.name))
    return `${at}.name must be letters, digits and _, such as shop, and not "value".`
  if (!isName(item.label)) return `${at}.label must be 1 to 200 characters.`
  for (const key of ['description', 'placeholder'])
    if (item[key] !== undefined && !isName(item[key], 1000)) return `${at}.${key} must be 1 to 1,000 characters.`
  return undefined
}

const findUrlProblem = (value: unknown, at: string, variables: readonly string[], hosts?: readonly string[]) => {
  if (!isName(value, 2000)) return `${at} must be an https: URL.`
  const unknown = namesIn(value).find((name) => !variables.includes(name))
  if (unknown !== undefined) return `${at} holds {${unknown}}, which is not one of its variables.`
  const sample = sampleOf(value)
  if (!/^https:\/\/[^\s\\]+$/.test(sample) || !URL.canParse(sample)) return `${at} must be an https: URL.`
  const url = new URL(sample)
  if (url.username || url.password || url.hash) return `${at} must have no user name, password or fragment.`
  if (!HOST.test(url.host)) return `${at} must name a host, not an address.`
  return hosts && !hosts.some((rule) => hostCovers(rule, url.host))
    ? `${at} leads to a host that egress.server does not name.`
    : undefined
}

const findAttachProblem = (
  { host, header, format, encoding }: Loose,
  at: string,
  variables: readonly string[],
  values: readonly string[],
  { hosts }: ConnectionSurroundings,
) => {
  if (!isName(host, 253) || !HOST.test(sampleOf(host)) || namesIn(host).some((name) => !variables.includes(name)))
    return `${at}.host must be a host, such as api.example.com or {shop}.example.com with a variable.`
  if (!hosts.some((rule) => hostCovers(rule, sampleOf(host)))) return `${at}.host is not covered by egress.server.`
  if (!isString(header) || !HEADER.test(header)) return `${at}.header must be a header name.`
  if (!isName(format, 500) || /[\r\n]/.test(format)) return `${at}.format must be a text, such as "Bearer {value}".`
  const unknown = namesIn(format).find((name) => !values.includes(name))
  if (unknown !== undefined) return `${at}.format holds {${unknown}}, which is neither a field nor a variable.`
  return encoding === undefined || encoding === 'basic' ? undefined : `${at}.encoding must be "basic".`
}

const isTexts = (value: unknown, max: number): boolean =>
  isStringArray(value, max) && value.every((item) => isName(item) && !/[\s"\\]/.test(item))

const isParameters = (value: unknown): boolean =>
  isRecord(value) &&
  Object.keys(value).length <= 20 &&
  Object.entries(value).every(([key, text]) => isName(key, 100) && !OWN_PARAMETERS.has(key) && isName(text, 500))

/** Parameters of the authorization request that protect it; no definition may set them. */
const OWN_PARAMETERS: ReadonlySet<string> = new Set([
  'client_id',
  'client_secret',
  'code_challenge',
  'code_challenge_method',
  'redirect_uri',
  'request',
  'request_uri',
  'response_mode',
  'response_type',
  'scope',
  'state',
])

const findOAuthProblem = (item: Loose, at: string, variables: readonly string[], around: ConnectionSurroundings) => {
  const problem =
    // The browser goes there, not the server.
    findUrlProblem(item.authorizationUrl, `${at}.authorizationUrl`, variables) ??
    findUrlProblem(item.tokenUrl, `${at}.tokenUrl`, variables, around.hosts) ??
    (item.revocationUrl === undefined
      ? undefined
      : findUrlProblem(item.revocationUrl, `${at}.revocationUrl`, variables, around.hosts)) ??
    (item.issuer === undefined ? undefined : findUrlProblem(item.issuer, `${at}.issuer`, variables))
  if (problem) return problem
  if (!isTexts(item.scopes, 100)) return `${at}.scopes must be an array of at most 100 scopes without spaces.`
  if (item.parameters !== undefined && !isParameters(item.parameters))
    return `${at}.parameters must be texts by name, and none that the platform sets itself, such as state.`
  if (item.clientAuthentication !== undefined && !['basic', 'post', 'none'].includes(String(item.clientAuthentication)))
    return `${at}.clientAuthentication must be basic, post or none.`
  const { client } = item
  if (client === undefined) return undefined
  if (!isRecord(client) || !isString(client.idSetting) || !around.textSettings.includes(client.idSetting))
    return `${at}.client.idSetting must be the path of a text among the organization settings.`
  return client.secretSetting === undefined ||
    (isString(client.secretSetting) && around.secretSettings.includes(client.secretSetting))
    ? undefined
    : `${at}.client.secretSetting must be the path of a secret organization setting.`
}

/** Says what is wrong with one connection of a manifest, or nothing. */
export const findConnectionProblem = (item: Loose, at: string, around: ConnectionSurroundings): string | undefined => {
  const { type, fields } = item
  if (!isName(item.id, 60) || !ID.test(item.id)) return `${at}.id must be a slug, such as shopify.`
  if (type !== 'oauth2-code' && type !== 'secret' && type !== 'none')
    return `${at}.type must be oauth2-code, secret or none.`
  if (!isName(item.label)) return `${at}.label must be 1 to 200 characters.`
  if (item.description !== undefined && !isName(item.description, 1000))
    return `${at}.description must be 1 to 1,000 characters.`
  if (item.scope !== 'organization' && item.scope !== 'user') return `${at}.scope must be organization or user.`
  for (const flag of ['multiple', 'reveal'])
    if (item[flag] !== undefined && item[flag] !== true) return `${at}.${flag} must be true or absent.`
  if (item.test !== undefined && !isName(item.test, 500)) return `${at}.test must be the id of a function.`
  const listed =
    findNamedListProblem(item.variables, `${at}.variables`, 10, findInputProblem) ??
    findNamedListProblem(fields, `${at}.fields`, 20, findInputProblem)
  if (listed) return listed
  const namesOf = (list: unknown): readonly string[] =>
    // Each was just shown to have a name.
    Array.isArray(list) ? list.map(({ name }: { name: string }) => name) : []
  const variables = namesOf(item.variables)
  const twice = namesOf(fields).find((name) => variables.includes(name))
  if (twice !== undefined) return `${at} has a variable and a field named ${twice}.`
  if (type === 'secret' && namesOf(fields).length === 0) return `${at}.fields must name at least one value.`
  if (type !== 'secret' && fields !== undefined) return `${at}.fields belong to a secret connection only.`
  if (type === 'none' && (item.attach !== undefined || item.reveal !== undefined))
    return `${at} has no credential to attach or reveal.`
  const values = ['value', ...variables, ...namesOf(fields)]
  const attached = findNamedListProblem(item.attach, `${at}.attach`, 20, (entry, place) =>
    findAttachProblem(entry, place, variables, values, around),
  )
  if (attached) return attached
  return type === 'oauth2-code' ? findOAuthProblem(item, at, variables, around) : undefined
}
