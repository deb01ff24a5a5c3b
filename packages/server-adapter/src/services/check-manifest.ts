import {
  findUnmetConnection,
  isRefusal,
  type Manifest,
  parseManifest,
  type SettingsSchema,
  SUPPORTED_PROTOCOL_VERSIONS,
  settingLeaves,
} from '@souk/extension-sdk/protocol'
import { SoukError } from '../souk-error'
import { compilePattern } from './settings-values'

/** Parses a manifest for one app, and checks what the parser cannot know: the app, the bundles and the patterns. */
export const checkManifest = (
  value: unknown,
  expected: { readonly slug: string; readonly hasClient: boolean; readonly hasServer: boolean },
): Manifest => {
  const manifest = parseManifest(value)
  if (isRefusal(manifest)) throw new SoukError('INVALID_MANIFEST', `The manifest was refused: ${manifest.refused}`)
  const problem =
    findMismatch(manifest, expected) ??
    findDuplicate(manifest) ??
    findAttachConflict(manifest) ??
    findUnmetConnection(manifest) ??
    findPatternProblem(manifest.settings.organization, 'settings.organization') ??
    findPatternProblem(manifest.settings.user, 'settings.user')
  if (problem) throw new SoukError('INVALID_MANIFEST', `The manifest was refused: ${problem}`)
  return manifest
}

const findMismatch = (
  manifest: Manifest,
  { slug, hasClient, hasServer }: { readonly slug: string; readonly hasClient: boolean; readonly hasServer: boolean },
): string | undefined => {
  if (manifest.id !== slug) return `id is ${manifest.id}; the app it was sent to is ${slug}.`
  if (!SUPPORTED_PROTOCOL_VERSIONS.includes(manifest.protocolVersion))
    return `protocolVersion is ${manifest.protocolVersion}; this server speaks ${SUPPORTED_PROTOCOL_VERSIONS.join(', ')}.`
  if (manifest.surfaces.length > 0 && !hasClient) return 'it has surfaces, but no client bundle was sent.'
  if (manifest.functions.length > 0 && !hasServer) return 'it has functions, but no server bundle was sent.'
  return undefined
}

const findDuplicate = ({
  scopes,
  egress,
  surfaces,
  functions,
  connections = [],
  webhooks = [],
  tools = [],
  toolsets = [],
}: Manifest): string | undefined => {
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ['scopes', scopes.map(({ id }) => id)],
    ['egress.server', egress.server.map(({ host }) => host)],
    ['surfaces', surfaces.map(({ kind, id }) => `${kind} ${id}`)],
    ['functions', functions.map(({ id }) => id)],
    ['connections', connections.map(({ id }) => id)],
    ['webhooks', webhooks.map(({ id }) => id)],
    ['tools', tools.map(({ id }) => id)],
    ['toolsets', toolsets.map(({ slug }) => slug)],
  ]
  for (const [name, ids] of lists) {
    const seen = new Set<string>()
    for (const id of ids) {
      if (seen.has(id)) return `${name} names ${id} twice.`
      seen.add(id)
    }
  }
  return undefined
}

/** The broker adds one header for a host, whichever account it is of. */
const findAttachConflict = ({ connections = [] }: Manifest): string | undefined => {
  const headers = new Map<string, string>()
  for (const { id, attach = [] } of connections) {
    const own = new Set<string>()
    for (const { host, header } of attach) {
      if (own.has(host)) return `connections ${id} attaches to ${host} twice. Let code read the credential instead.`
      own.add(host)
      const other = headers.get(host) ?? header.toLowerCase()
      if (other !== header.toLowerCase()) return `two connections attach different headers to ${host}.`
      headers.set(host, other)
    }
  }
  return undefined
}

const findPatternProblem = (schema: SettingsSchema, at: string): string | undefined => {
  for (const [path, field] of settingLeaves(schema)) {
    if (field.type !== 'string' || field.pattern === undefined) continue
    if (!compilePattern(field.pattern))
      return `${at}.${path}.pattern cannot be evaluated in linear time; leave out look-around and back-references.`
  }
  return undefined
}
