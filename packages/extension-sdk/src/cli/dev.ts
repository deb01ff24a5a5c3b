import { Command } from 'commander'
import pc from 'picocolors'
import { isServerModule } from '../build/server-module'
import { SdkError } from '../sdk-error'
import { runBuild } from './build'
import { createApi } from './create-api'
import type { Output } from './create-output'
import { deploy } from './deploy'
import { type FunctionReport, loadPlayground } from './dev/playground'
import { readFixtures } from './dev/read-fixtures'
import { openInBrowser } from './open-in-browser'
import { untilEnded } from './until-ended'

interface DevOptions {
  readonly port: string
  readonly sandboxPort?: string
  readonly strictMode: boolean
  readonly open?: boolean
  readonly remote?: boolean
  readonly organization?: string
  readonly account?: string
  readonly url?: string
}

const DEFAULT_PORT = '4620'

export const devCommand = (output: Output): Command =>
  new Command('dev')
    .description('Open a playground with the extension in this folder, and keep it up to date. Needs no account.')
    .option('--port <number>', 'of the page; the sandbox takes the next one, and 0 takes free ones', DEFAULT_PORT)
    .option('--sandbox-port <number>', 'of the sandbox')
    .option('--no-strict-mode', 'run components and effects once')
    .option('--open', 'open it in the browser')
    .option('--remote', 'push development deployments to an organization instead; needs an account')
    .option('--organization <id>', 'with --remote: the organization')
    .option('--account <slug>', 'with --remote: the developer account that a new app belongs to')
    .option('--url <url>', 'with --remote: base URL of the API; default: SOUK_URL')
    .option('--json', 'print one JSON value')
    .action(async (options: DevOptions) => {
      if (options.remote) await runRemote(output, options)
      else await runLocal(output, options)
    })

const readPort = (name: string, text: string): number => {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new SdkError('CLI_USAGE', `${name} is ${text}. Pass a port number from 0 to 65535.`)
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const runLocal = async (output: Output, options: DevOptions): Promise<void> => {
  const cwd = process.cwd()
  const port = readPort('--port', options.port)
  const sandboxPort = options.sandboxPort ? readPort('--sandbox-port', options.sandboxPort) : port && port + 1
  const ended = untilEnded()
  const fixtures = await readFixtures(cwd)
  const { startPlayground } = await loadPlayground()
  // Loaded only here: the bundler takes most of the time that other commands need to start.
  const { createDevBuilder } = await import('./dev/create-dev-builder')
  const builder = await createDevBuilder(cwd, options)
  try {
    output.step('Building…')
    const first = await builder.whole()
    const playground = await startPlayground({
      ...{ cwd, port, sandboxPort, fixtures },
      onFunction: reportFunction(output),
    }).catch((cause: unknown) => {
      throw new SdkError('TOOL_FAILED', reasonOf(cause), { cause })
    })
    try {
      await playground.deploy(first)
      output.data({
        url: playground.url,
        sandboxOrigin: playground.sandboxOrigin,
        functionsProblem: playground.functionsProblem,
      })
      output.text(`${pc.green('✔')} ${pc.bold(first.manifest.id)} runs in the playground: ${pc.cyan(playground.url)}`)
      if (playground.functionsProblem && first.server) output.text(`${pc.yellow('!')} ${playground.functionsProblem}`)
      if (options.open) openInBrowser(playground.url)

      const update = async (paths: readonly string[]) => {
        const started = performance.now()
        try {
          // What only the browser runs is shown before anything else is built.
          if (paths.every(isClientSource)) playground.hotUpdate(await builder.client())
          const shown = performance.now()
          await playground.deploy(await builder.whole())
          playground.tell({ type: 'built' })
          output.step(`${paths.join(', ')} in ${Math.round(shown - started)} ms`)
        } catch (error) {
          playground.tell({ type: 'build-failed', message: reasonOf(error) })
          output.problem(error)
        }
      }
      const { watchProject } = await import('./dev/watch-project')
      const stopWatching = await watchProject(cwd, update)
      await ended
      await stopWatching()
    } finally {
      await playground.close()
    }
  } finally {
    await builder.dispose()
  }
}

const isClientSource = (path: string): boolean =>
  /^src\/.*\.(?:[cm]?[jt]sx?|json|png|jpe?g|webp|gif)$/.test(path) && !isServerModule(path)

const reportFunction =
  (output: Output) =>
  ({ functionId, durationMs, error, logs }: FunctionReport): void => {
    output.step(
      `${functionId} ${error ? pc.red(`${error.code} ${error.message}`) : 'ok'} ${pc.dim(`${Math.round(durationMs)} ms`)}`,
    )
    for (const { level, message } of logs) output.step(`  ${level}: ${message}`)
  }

const runRemote = async (output: Output, options: DevOptions): Promise<void> => {
  const { organization, account, strictMode } = options
  if (!organization)
    throw new SdkError('CLI_USAGE', '--remote needs --organization <id>: the organization to develop in.')
  const api = await createApi(options)
  const ended = untilEnded()
  const push = async (told: Output) =>
    deploy(api, told, await runBuild(told, { typeCheck: false, development: true, strictMode }), {
      development: true,
      organization,
      ...(account ? { account } : {}),
    })
  await push(output)
  // One value is enough for programs: the first deployment.
  const later = { ...output, data: () => {} }
  const { watchProject } = await import('./dev/watch-project')
  const stopWatching = await watchProject(process.cwd(), async (paths) => {
    output.step(paths.join(', '))
    // The next save may put it right.
    await push(later).catch((error: unknown) => output.problem(error))
  })
  await ended
  await stopWatching()
}
