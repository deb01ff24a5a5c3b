import {
  APP_EVENTS,
  type AppListing,
  type ErrorCode,
  findUnmetConnection,
  type Manifest,
  PROTOCOL_VERSION,
  parseManifest,
} from '../protocol'
import { isRecord, isRefusal } from '../protocol/parse'
import type { SdkError } from '../sdk-error'
import { buildError } from './build-error'
import type { ExtractedApp } from './extract-app'
import { findPropertyLine } from './find-property-line'
import { parseConfig } from './parse-config'
import { platformModuleOf } from './server-module'

export interface ManifestSources {
  readonly cwd: string
  readonly appFile: string
  readonly configFile: string
  readonly packageFile: string
  readonly version: unknown
  readonly extracted: ExtractedApp
  readonly callable: readonly string[]
  /** Paths of the modules that the platform calls, as `appPath` gives them. */
  readonly platformModules: readonly string[]
}

/** Puts the manifest together and passes it through the parser the server uses. */
export const createManifest = async (
  sources: ManifestSources,
): Promise<{ readonly manifest: Manifest; readonly listing: AppListing }> => {
  const { extracted, callable, version } = sources
  const config = parseConfig(extracted.config)
  if (isRefusal(config)) throw await locate(sources, 'CONFIG_INVALID', sources.configFile, config.refused)
  const platformOnly = callable.find((id) => platformModuleOf(id.split('#')[0] ?? ''))
  if (platformOnly)
    throw buildError(
      sources.cwd,
      'BUILD_SERVER_FUNCTION',
      { file: `${sources.cwd}/${platformOnly.split('#')[0]}` },
      'Client code imports it, but connections, events and webhooks are for the platform alone. Call a function of a *.server.ts file instead.',
    )
  const notFunction = callable.find((id) => !extracted.functions.includes(id))
  if (notFunction) {
    const [file = '', name] = notFunction.split('#')
    throw buildError(
      sources.cwd,
      'BUILD_SERVER_FUNCTION',
      { file: `${sources.cwd}/${file}` },
      `'${name}' is not a function, but client code imports it. Only functions can be called from the client: ` +
        'return the value from one, or move it into a file that is not *.server.ts.',
    )
  }
  const connections = extracted.connections.map(([path, definition]) => describeConnection(path, definition, extracted))
  const events = listEvents(sources)
  const webhooks = listWebhooks(sources)
  const manifest = parseManifest({
    manifestVersion: 1,
    id: config.id,
    version,
    protocolVersion: PROTOCOL_VERSION,
    scopes: config.scopes,
    egress: { server: config.egressServer },
    surfaces: extracted.surfaces,
    settings: extracted.settings,
    functions: [...extracted.functions].sort().map((id) => ({ id, callable: callable.includes(id) })),
    ...(connections.length === 0 ? {} : { connections }),
    ...(events.length === 0 ? {} : { events }),
    ...(webhooks.length === 0 ? {} : { webhooks }),
    ...(extracted.tools.length === 0 ? {} : { tools: extracted.tools }),
    ...(extracted.toolsets === undefined ? {} : { toolsets: extracted.toolsets }),
  } satisfies { readonly [K in keyof Manifest]: unknown })
  if (isRefusal(manifest))
    throw await locate(sources, 'INVALID_MANIFEST', fileOf(sources, manifest.refused), manifest.refused)
  const unmet = findUnmetConnection(manifest)
  if (unmet) throw await locate(sources, 'INVALID_MANIFEST', fileOf(sources, unmet), unmet)
  return { manifest, listing: config.listing }
}

/** A definition with the name of its file as id, and its `test` by the id of the function. */
const describeConnection = (path: string, definition: unknown, { functions }: ExtractedApp): unknown => {
  if (!isRecord(definition)) return definition
  const { test: _test, id: _id, ...rest } = definition
  const test = `${path}#test`
  return { id: platformModuleOf(path)?.name, ...rest, ...(functions.includes(test) ? { test } : {}) }
}

/** The modules of a kind whose default export is a function, which every one of the kind must have. */
const listModules = (
  { cwd, extracted, platformModules }: ManifestSources,
  kind: 'event' | 'webhook',
): readonly { readonly path: string; readonly name: string; readonly function: string }[] =>
  platformModules.flatMap((path) => {
    const module = platformModuleOf(path)
    if (module?.kind !== kind) return []
    const id = `${path}#default`
    if (extracted.functions.includes(id)) return [{ path, name: module.name, function: id }]
    throw buildError(
      cwd,
      'BUILD_SERVER_FUNCTION',
      { file: `${cwd}/${path}` },
      `The default export of a *.${kind}.ts file must be a function. Export the one that the platform is to call.`,
    )
  })

const listEvents = (sources: ManifestSources): readonly { readonly type: string; readonly function: string }[] =>
  listModules(sources, 'event').map(({ path, name, function: id }) => {
    const type = APP_EVENTS.find((known) => known.replace('.', '-') === name)
    if (type) return { type, function: id }
    throw buildError(
      sources.cwd,
      'BUILD_SERVER_FUNCTION',
      { file: `${sources.cwd}/${path}` },
      `There is no event of this name. Name the file after one: ${APP_EVENTS.map((known) => `${known.replace('.', '-')}.event.ts`).join(', ')}.`,
    )
  })

const listWebhooks = (sources: ManifestSources): readonly { readonly id: string; readonly function: string }[] => {
  const found = new Map<string, string>()
  return listModules(sources, 'webhook').map(({ path, name, function: id }) => {
    const other = found.get(name)
    found.set(name, path)
    if (other === undefined) return { id: name, function: id }
    throw buildError(
      sources.cwd,
      'BUILD_SERVER_FUNCTION',
      { file: `${sources.cwd}/${path}` },
      `${other} has the same name, by which createWebhookHandler finds it. Rename one of them.`,
    )
  })
}

/** Which file a sentence of the parser is about: it begins with the path of what it refuses. */
const fileOf = (sources: ManifestSources, sentence: string): string => {
  const { cwd, appFile, configFile, packageFile, extracted } = sources
  if (/^(?:settings|surfaces|toolsets)\b/.test(sentence)) return appFile
  const webhook = listWebhooks(sources)[Number(/^webhooks\[(\d+)\]/.exec(sentence)?.[1] ?? Number.NaN)]
  if (webhook) return `${cwd}/${webhook.function.split('#')[0]}`
  const tool: unknown = extracted.tools[Number(/^tools\[(\d+)\]/.exec(sentence)?.[1] ?? Number.NaN)]
  if (isRecord(tool)) return `${cwd}/${String(tool.function).split('#')[0]}`
  if (sentence.startsWith('version')) return packageFile
  const [path] = extracted.connections[Number(/^connections\[(\d+)\]/.exec(sentence)?.[1] ?? Number.NaN)] ?? []
  return path === undefined ? configFile : `${cwd}/${path}`
}

const locate = async ({ cwd }: ManifestSources, code: ErrorCode, file: string, sentence: string): Promise<SdkError> => {
  const path = /^[\w.[\]]+/.exec(sentence)?.[0].replace(/\.$/, '') ?? ''
  // Surfaces are listed in the manifest in another form than in the app.
  const line = file.endsWith('.json')
    ? undefined
    : await findPropertyLine(cwd, file, path.replace(/^surfaces.*/, 'record').replace(/^tools\[\d+\]\./, ''))
  return buildError(cwd, code, { file, line }, sentence)
}
