import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The SDK's entries by their public name, with their source and built file. */
const ENTRIES = {
  '@souk/extension-sdk': ['../index.ts', './index.js'],
  '@souk/extension-sdk/client': ['../client/index.ts', './client.js'],
  '@souk/extension-sdk/server': ['../server/index.ts', './server.js'],
  '@souk/extension-sdk/shared': ['../shared/index.ts', './shared.js'],
  '@souk/extension-sdk/tools': ['../tools/index.ts', './tools.js'],
  '@souk/extension-sdk/fields': ['../fields/index.ts', './fields.js'],
  '@souk/extension-sdk/protocol': ['../protocol/index.ts', './protocol.js'],
  /** Not public: how the build asks an app what it consists of. */
  '@souk/extension-sdk/describe-app': ['../app/describe-app.ts', './describe-app.js'],
} as const

/** What client bundles get instead: the names of the runtime, and their own copy of what it lacks. */
const FOR_BUNDLES: Readonly<Record<string, readonly [string, string]>> = {
  '@souk/extension-sdk': ['../for-bundles.ts', './for-bundles.js'],
  '@souk/extension-sdk/client': ['../client/for-bundles.ts', './client-for-bundles.js'],
}

/** Not public: what server bundles get for modules of Node that Deno refuses without permissions. */
const FOR_NODE: Readonly<Record<string, readonly [string, string]>> = {
  os: ['../node/os.ts', './node-os.js'],
  http: ['../node/http.ts', './node-http.js'],
  https: ['../node/https.ts', './node-https.js'],
}

export type SdkModule = keyof typeof ENTRIES

export const isSdkModule = (source: string): source is SdkModule => Object.hasOwn(ENTRIES, source)

/**
 * The file behind one of the SDK's own names.
 *
 * It is always the SDK that runs the build, so that an app is never bundled with one version and described by another.
 */
export const sdkModulePath = (name: SdkModule): string => toFile(ENTRIES[name])

/** The file that stands for one of the SDK's names in client bundles, when it is not only the runtime's. */
export const bundledModulePath = (name: string): string | undefined => {
  const files = FOR_BUNDLES[name]
  return files && toFile(files)
}

/** The file that stands for a module of Node in server bundles. Absent: the runtime's own will do. */
export const nodeStandInPath = (name: string): string | undefined => {
  const key = name.replace(/^node:/, '')
  const files = Object.hasOwn(FOR_NODE, key) ? FOR_NODE[key] : undefined
  return files && toFile(files)
}

export const isNodeStandIn = (path: string): boolean => Object.values(FOR_NODE).some((files) => toFile(files) === path)

const toFile = ([source, built]: readonly [string, string]): string => {
  const path = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? source : built, import.meta.url))
  return existsSync(path) ? path : fileURLToPath(new URL(built, import.meta.url))
}

/** What the runtime in the frame provides, so that client bundles never contain it. */
export const RUNTIME_MODULES: readonly string[] = [
  'react',
  'react/jsx-runtime',
  'react/jsx-dev-runtime',
  '@souk/extension-sdk',
  '@souk/extension-sdk/client',
]
