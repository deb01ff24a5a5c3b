import { type AppListing, type ErrorCode, type Manifest, PROTOCOL_VERSION, parseManifest } from '../protocol'
import { isRefusal } from '../protocol/parse'
import type { SdkError } from '../sdk-error'
import { buildError } from './build-error'
import type { ExtractedApp } from './extract-app'
import { findPropertyLine } from './find-property-line'
import { parseConfig } from './parse-config'

export interface ManifestSources {
  readonly cwd: string
  readonly appFile: string
  readonly configFile: string
  readonly packageFile: string
  readonly version: unknown
  readonly extracted: ExtractedApp
  readonly callable: readonly string[]
}

/** Puts the manifest together and passes it through the parser the server uses. */
export const createManifest = async (
  sources: ManifestSources,
): Promise<{ readonly manifest: Manifest; readonly listing: AppListing }> => {
  const { extracted, callable, version } = sources
  const config = parseConfig(extracted.config)
  if (isRefusal(config)) throw await locate(sources, 'CONFIG_INVALID', sources.configFile, config.refused)
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
  } satisfies Record<keyof Manifest, unknown>)
  if (isRefusal(manifest))
    throw await locate(sources, 'INVALID_MANIFEST', fileOf(sources, manifest.refused), manifest.refused)
  return { manifest, listing: config.listing }
}

/** Which file a sentence of the parser is about: it begins with the path of what it refuses. */
const fileOf = ({ appFile, configFile, packageFile }: ManifestSources, sentence: string): string => {
  if (/^(?:settings|surfaces)\b/.test(sentence)) return appFile
  return sentence.startsWith('version') ? packageFile : configFile
}

const locate = async ({ cwd }: ManifestSources, code: ErrorCode, file: string, sentence: string): Promise<SdkError> => {
  const path = /^[\w.[\]]+/.exec(sentence)?.[0].replace(/\.$/, '') ?? ''
  // Surfaces are listed in the manifest in another form than in the app.
  const line = file.endsWith('.json')
    ? undefined
    : await findPropertyLine(cwd, file, path.replace(/^surfaces.*/, 'record'))
  return buildError(cwd, code, { file, line }, sentence)
}
