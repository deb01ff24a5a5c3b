/** What the CLI and the prebuilt playground know of each other. `packages/playground` implements it. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { BuildResult } from '../../build'
import type { AppListing, Manifest } from '../../protocol'
import type { HostContext } from '../../protocol/messages'
import { SdkError } from '../../sdk-error'

export interface Script {
  readonly sha256: string
  readonly code: string
}

/** A build as the playground installs it. */
export interface PlaygroundBuild {
  readonly manifest: Manifest
  readonly listing: AppListing
  readonly client: Script
  readonly server: Script | null
}

type Values = Readonly<Record<string, string | number | boolean>>

/** What `souk.dev.json` says: the product around the extension. */
export interface Fixtures {
  readonly context?: Partial<HostContext>
  /** Contexts by the kind of surface, such as `record.widgets`. */
  readonly surfaces?: Readonly<Record<string, unknown>>
  /** Settings by path in dots. */
  readonly settings?: { readonly organization?: Values; readonly user?: Values }
  /** Hosts of `egress.server` that lead to an address on this machine. */
  readonly hosts?: Readonly<Record<string, string>>
}

/** A call of a server function, when it ended. */
export interface FunctionReport {
  readonly functionId: string
  readonly durationMs: number
  readonly error: { readonly code: string; readonly message: string } | null
  readonly logs: readonly { readonly level: string; readonly message: string }[]
}

/** What the page is told while it is open. */
export type PlaygroundEvent =
  | { readonly type: 'hot-update'; readonly sha256: string }
  | { readonly type: 'deployed'; readonly deploymentId: string; readonly frameUrl: string; readonly restart: boolean }
  | { readonly type: 'build-failed'; readonly message: string }
  | { readonly type: 'built' }
  | ({ readonly type: 'function' } & FunctionReport)

export interface PlaygroundOptions {
  /** The project's folder. */
  readonly cwd: string
  /** Of the page and of the sandbox. 0 for free ones. */
  readonly port: number
  readonly sandboxPort: number
  readonly fixtures: Fixtures
  readonly onFunction: (report: FunctionReport) => void
}

export interface Playground {
  readonly url: string
  readonly sandboxOrigin: string
  /** Why server functions cannot run here; null when they can. */
  readonly functionsProblem: string | null
  /** Installs a build, or moves the installation to it. Frames that are open restart when the manifest asks for it. */
  deploy(build: PlaygroundBuild): Promise<void>
  /** Runs new client code in the frames that are open. */
  hotUpdate(client: Script): void
  tell(event: PlaygroundEvent): void
  close(): Promise<void>
}

export interface FunctionRun {
  readonly cwd: string
  readonly build: PlaygroundBuild
  readonly fixtures: Fixtures
  readonly functionId: string
  readonly args: readonly unknown[]
}

export interface PlaygroundModule {
  startPlayground(options: PlaygroundOptions): Promise<Playground>
  /** Calls one server function as a product would, and returns what it returned. */
  runFunction(run: FunctionRun): Promise<FunctionReport & { readonly result: unknown }>
}

const MODULE = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? '../../../dist/playground/server.js' : './playground/server.js',
    import.meta.url,
  ),
)

export const loadPlayground = async (): Promise<PlaygroundModule> => {
  if (!existsSync(MODULE))
    throw new SdkError(
      'TOOL_FAILED',
      `The playground is not built: there is no ${MODULE}. Install @souk/extension-sdk again, or build it with npm run build.`,
    )
  // The package that builds this file implements the type.
  return (await import(pathToFileURL(MODULE).href)) as PlaygroundModule
}

const readScript = async ({ sha256, path }: { readonly sha256: string; readonly path: string }): Promise<Script> => ({
  sha256,
  code: await readFile(path, 'utf8'),
})

export const toPlaygroundBuild = async ({
  manifest,
  listing,
  client,
  server,
}: BuildResult): Promise<PlaygroundBuild> => ({
  manifest,
  listing,
  client: await readScript(client),
  server: server ? await readScript(server) : null,
})
