import { setTimeout as sleep } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { Command, InvalidArgumentError, Option } from 'commander'
import pc from 'picocolors'
import type { AppCallLog, FollowedCallsResponse } from '../protocol/api'
import { type FunctionCallQuery, followFunctionCalls } from '../protocol/api-operations'
import { SdkError } from '../sdk-error'
import { type Api, createApi } from './create-api'
import type { Output } from './create-output'
import { findFunction } from './find-function'
import { readBuiltManifest } from './read-built-app'
import { untilEnded } from './until-ended'

/** Between two questions of --follow, in milliseconds; twice as long after each one that failed. */
const POLL_MS = 1_000
const MAX_POLL_MS = 30_000
/** The most that the server answers with at once. */
const PAGE = 100

/** What passes: a server that restarts, a proxy that cannot reach it, a limit. */
const PASSING: ReadonlySet<string> = new Set([
  'API_UNREACHABLE',
  'API_RESPONSE_INVALID',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'INTERNAL',
])

interface LogsOptions {
  readonly app?: string
  readonly function?: string
  readonly outcome?: 'ok' | 'error'
  readonly trace?: string
  readonly limit: number
  readonly follow?: boolean
  readonly url?: string
}

const parseLimit = (text: string): number => {
  const limit = Number(text)
  if (!/^\d+$/.test(text) || limit < 1 || limit > PAGE)
    throw new InvalidArgumentError(`Pass a number from 1 to ${PAGE}.`)
  return limit
}

export const logsCommand = (output: Output): Command =>
  new Command('logs')
    .description('Show the calls of the app’s server functions in every organization, with what they logged.')
    .option('--app <slug>', 'the app; default: the one built last in this folder')
    .option('--function <id>', 'only this function: src/orders.server.ts#find, or find when only one has that name')
    .addOption(new Option('--outcome <outcome>', 'only calls that went well, or that failed').choices(['ok', 'error']))
    .option('--trace <id>', 'only the call with this trace id, which the user was shown')
    .option('--limit <number>', `the newest ones, 1 to ${PAGE}`, parseLimit, 20)
    .option('--follow', 'go on with each new call, until Ctrl-C')
    .option('--url <url>', 'base URL of the API; default: SOUK_URL, or where you logged in last')
    .option('--json', 'print one JSON value; with --follow one on each line')
    .action(async (options: LogsOptions) => {
      const api = await createApi(options)
      const built = options.app ? undefined : await readBuiltManifest()
      const slug = options.app ?? built?.id ?? ''
      const filter: FunctionCallQuery = {
        functionId: options.function && (built ? findBuiltFunction(built, options.function) : options.function),
        outcome: options.outcome,
        traceId: options.trace,
      }
      if (options.follow) return follow(output, api, slug, { filter, first: options.limit })
      const query = { ...filter, limit: options.limit }
      const { items } = (await api.send(followFunctionCalls, { params: { slug }, query })).body
      output.data({ app: slug, calls: items })
      for (const call of items) writeCall(output, call)
      if (items.length === 0) output.text(`No call of ${slug} is kept that fits.`)
    })

/** A whole id may be of an earlier version, which had other functions. */
const findBuiltFunction = (built: Parameters<typeof findFunction>[0], name: string): string =>
  name.includes('#') ? name : findFunction(built, name)

interface Following {
  readonly filter: FunctionCallQuery
  /** How many of the past. */
  readonly first: number
}

const follow = async (output: Output, api: Api, slug: string, { filter, first }: Following): Promise<void> => {
  const ended = new AbortController()
  void untilEnded().then(() => ended.abort())
  const { signal } = ended
  const ask = async (query: FunctionCallQuery): Promise<FollowedCallsResponse> =>
    (await api.send(followFunctionCalls, { params: { slug }, query: { ...filter, ...query }, signal })).body

  try {
    let answer = await ask({ limit: first })
    let seen: ReadonlySet<string> = new Set()
    for (;;) {
      for (const call of answer.items) if (!seen.has(call.id)) tell(output, call)
      // What comes again comes from after the last cursor, so it was in the last answer.
      seen = new Set(answer.items.map(({ id }) => id))
      if (answer.items.length < PAGE) await sleep(POLL_MS, undefined, { signal })
      answer = await insist(output, signal, () => ask({ limit: PAGE, cursor: answer.cursor }))
    }
  } catch (error) {
    // Ctrl-C is how it ends.
    if (!signal.aborted) throw error
  }
}

/** Asks until there is an answer: it worked before, so that most of what goes wrong now passes. */
const insist = async <T>(output: Output, signal: AbortSignal, ask: () => Promise<T>): Promise<T> => {
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask()
    } catch (error) {
      if (signal.aborted || !(error instanceof SdkError) || !PASSING.has(error.code)) throw error
      // Once is enough for one trouble.
      if (attempt === 0) output.problem(error)
      const waitMs = Math.min(POLL_MS * 2 ** (attempt + 1), MAX_POLL_MS)
      await sleep(Math.max(waitMs, (error.retryAfterSeconds ?? 0) * 1000), undefined, { signal })
    }
  }
}

const tell = (output: Output, call: AppCallLog): void => {
  output.line(call)
  writeCall(output, call)
}

const writeCall = (output: Output, call: AppCallLog): void => {
  const { createdAt, functionId, outcome, errorCode, durationMs, organizationId, traceId, logs } = call
  const result = outcome === 'ok' ? pc.green('ok') : pc.red(errorCode ?? 'error')
  const more = pc.dim(
    `${Math.round(durationMs)} ms, organization ${toShown(organizationId)}, trace ${toShown(traceId)}`,
  )
  output.text(`${pc.dim(createdAt)} ${toShown(functionId)} ${result} ${more}`)
  for (const { level, message } of logs)
    output.text(`  ${toShown(level)}: ${toShown(message).replaceAll('\n', '\n    ')}`)
}

/** What was logged may come from anywhere, and must not steer the terminal. */
const toShown = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about.
  stripVTControlCharacters(text).replace(/[\0-\x08\x0b-\x1f\x7f-\x9f]/g, '�')
