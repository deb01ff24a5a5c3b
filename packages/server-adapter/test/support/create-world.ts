import { createHash } from 'node:crypto'
import { decodeValue, encodeValue, type Manifest, type SettingsSchema } from '@souk/extension-sdk/protocol'
import {
  type Caller,
  type CreateSoukOptions,
  createSouk,
  createTokenBucket,
  type InvitationToDeliver,
  type RolloutBudget,
} from '../../src/index'
import type { FunctionInvocation, FunctionOutcome, FunctionRuntime } from '../../src/runtime/function-runtime'
import { createMemoryStorage, type Storage } from '../../src/storage'

export const ORIGIN = 'http://product.test'
export const KEY = Buffer.alloc(32, 7).toString('base64')
export const SANDBOX = {
  isolation: 'origin' as const,
  origin: 'http://*.sandbox.test:4401',
  hostOrigins: [ORIGIN],
}

export const people = {
  ada: { userId: 'ada', organizationId: 'org-a', role: 'admin', name: 'Ada' },
  max: { userId: 'max', organizationId: 'org-a', role: 'member' },
  bea: { userId: 'bea', organizationId: 'org-b', role: 'admin' },
  dev: { userId: 'dev', organizationId: 'org-dev', role: 'admin' },
  eve: { userId: 'eve', organizationId: 'org-eve', role: 'admin' },
  rex: { userId: 'rex', organizationId: 'org-ops', role: 'member', reviewer: true },
} satisfies Record<string, Caller>

export type Person = keyof typeof people

type FakeFunction = (call: FunctionInvocation, args: readonly unknown[]) => unknown

const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value

const streamTo = async ({ onPart, signal }: FunctionInvocation, parts: AsyncIterable<unknown>): Promise<void> => {
  for await (const part of parts) {
    signal?.throwIfAborted()
    const encoded = encodeValue(part)
    if (!('text' in encoded)) throw new Error(encoded.refused)
    await onPart?.(encoded.text)
  }
}

/** Runs functions in this process, and says what it was asked. */
export const createFakeRuntime = () => {
  const functions: Record<string, FakeFunction> = {}
  const calls: FunctionInvocation[] = []
  const unloaded: string[] = []
  const runtime: FunctionRuntime = {
    load: async () => {},
    async invoke(call): Promise<FunctionOutcome> {
      calls.push(call)
      const decoded = decodeValue(call.args)
      const args = 'value' in decoded ? (decoded.value as readonly unknown[]) : []
      const stopped = new Promise<never>((_, reject) =>
        call.signal?.addEventListener('abort', () => reject(new Error('stopped'))),
      )
      // A function may fail before anybody waits for this.
      stopped.catch(() => {})
      try {
        const value = await Promise.race([functions[call.functionId]?.(call, args), stopped])
        if (isAsyncIterable(value)) {
          await Promise.race([streamTo(call, value), stopped])
          return { ok: true, result: '', isStreamed: true, durationMs: 3, logs: [] }
        }
        const encoded = encodeValue(value)
        if (!('text' in encoded)) throw new Error(encoded.refused)
        return { ok: true, result: encoded.text, durationMs: 3, logs: [{ level: 'info', message: `ran ${args}` }] }
      } catch (error) {
        const {
          code = 'FUNCTION_FAILED',
          message,
          fields,
          details,
        } = error as Error & {
          code?: string
          fields?: never
          details?: never
        }
        return {
          ok: false,
          error: { code, message, ...(fields ? { fields } : {}), ...(details ? { details } : {}) },
          durationMs: 1,
          logs: [{ level: 'error', message: `failed: ${message}` }],
        }
      }
    },
    unload: async (installationId) => void unloaded.push(installationId),
    stats: () => ({ processes: 0, calls: calls.length, kills: 0 }),
    dispose: async () => {},
  }
  return { runtime, functions, calls, unloaded }
}

export const organizationSettings: SettingsSchema = {
  apiUrl: { type: 'string', label: 'API', format: 'url' },
  region: {
    type: 'select',
    label: 'Region',
    options: [
      { value: 'eu', label: 'Europe' },
      { value: 'us', label: 'America' },
    ],
    default: 'eu',
  },
  apiKey: { type: 'secret', label: 'Key', minLength: 8 },
  token: { type: 'secret', label: 'Token', optional: true, reveal: true },
}

export const createManifest = (version: string, changes: Partial<Manifest> = {}): Manifest => ({
  manifestVersion: 1,
  id: 'order-lookup',
  version,
  protocolVersion: 1,
  scopes: [{ id: 'tickets:read', purpose: 'Shows the orders of a ticket.' }],
  egress: {
    server: [
      {
        host: 'orders.northwind.example',
        purpose: 'Looks up orders.',
        attach: { setting: 'apiKey', header: 'Authorization', format: 'Bearer {value}' },
      },
    ],
  },
  surfaces: [{ kind: 'record.widgets', id: 'orders', label: 'Orders' }],
  settings: {
    organization: organizationSettings,
    user: { compact: { type: 'boolean', label: 'Compact', default: true } },
  },
  functions: [
    { id: 'src/orders.server.ts#findOrders', callable: true },
    { id: 'src/orders.server.ts#inner', callable: false },
  ],
  ...changes,
})

export const listing = {
  title: 'Order lookup',
  description:
    'Shows the orders of a customer beside the ticket, with their state, and creates a refund in two clicks.',
  category: 'Commerce',
  overview: 'Orders, where the support team works.',
}

export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came back and says what it expects of it.
  readonly body: any
  readonly text: string
  readonly headers: Headers
}

export interface Send {
  readonly body?: unknown
  readonly raw?: BodyInit
  readonly headers?: Readonly<Record<string, string>>
  readonly key?: string
}

export type AnswerCheck = (method: string, path: string, status: number, body: unknown) => string | undefined

/** A product with Souk in it, in this process, spoken to through `fetch` alone. */
export const createWorld = ({
  storage = createMemoryStorage(),
  bundleQuotaBytes,
  rolloutBudget,
  checkAnswer,
  options = {},
  runtime,
  rateLimits,
  closeTimeoutMs,
}: {
  readonly rateLimits?: CreateSoukOptions['rateLimits']
  readonly closeTimeoutMs?: number
  readonly storage?: Storage
  readonly bundleQuotaBytes?: number
  readonly rolloutBudget?: Partial<RolloutBudget>
  /** Says what of an answer is not as it has to be. */
  readonly checkAnswer?: AnswerCheck
  /** What else `createSouk` gets. */
  readonly options?: Partial<CreateSoukOptions>
  /** Instead of the one that runs functions in this process. */
  readonly runtime?: FunctionRuntime
} = {}) => {
  let checkedAnswers = 0
  const fake = createFakeRuntime()
  const errors: unknown[] = []
  const delivered: InvitationToDeliver[] = []
  /** Every body that was answered, to look for secrets in. */
  const answered: string[] = []
  const souk = createSouk({
    storage,
    authenticate: async (request) => {
      const name = request.headers.get('x-person')
      return name !== null && Object.hasOwn(people, name) ? people[name as Person] : null
    },
    secrets: { current: { id: 'k1', key: KEY } },
    runtime: runtime ?? fake.runtime,
    sandbox: SANDBOX,
    deviceLogin: { verificationUri: `${ORIGIN}/apps/device` },
    onInvitation: (delivery) => void delivered.push(delivery),
    onError: (error) => errors.push(error),
    ...(bundleQuotaBytes === undefined ? {} : { bundleQuotaBytes }),
    ...(rolloutBudget ? { rolloutBudget } : {}),
    ...(closeTimeoutMs === undefined ? {} : { closeTimeoutMs }),
    rateLimits: {
      functionCalls: createTokenBucket({ burst: 50, perSecond: 0.001 }),
      requests: createTokenBucket({ burst: 1_000_000, perSecond: 1 }),
      anonymous: createTokenBucket({ burst: 1_000_000, perSecond: 1 }),
      ...rateLimits,
    },
    ...options,
  })

  const send = async (who: Person | null, line: string, { body, raw, headers, key }: Send = {}): Promise<Answer> => {
    const [method = 'GET', path = ''] = line.split(' ')
    const response = await souk.fetch(
      new Request(`${ORIGIN}/api/souk${path}`, {
        method,
        headers: {
          // What a page of the product could send, and no other.
          'x-requested-with': 'test',
          ...(who ? { 'x-person': who } : {}),
          ...(key ? { authorization: `Bearer ${key}` } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(raw === undefined ? {} : { body: raw }),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    )
    const text = await response.text()
    answered.push(text)
    const isJson = /json/.test(response.headers.get('content-type') ?? '') && text !== ''
    const json = isJson ? JSON.parse(text) : undefined
    const problem = isJson ? checkAnswer?.(method, path.split('?', 1)[0] ?? '', response.status, json) : undefined
    if (problem) throw new Error(problem)
    checkedAnswers += isJson && checkAnswer ? 1 : 0
    return { status: response.status, body: json, text, headers: response.headers }
  }

  const must = async (
    expected: number,
    who: Person | null,
    line: string,
    options: Send = {},
  ): Promise<Answer['body']> => {
    const answer = await send(who, line, options)
    if (answer.status !== expected) throw new Error(`${line} answered ${answer.status}: ${answer.text.slice(0, 500)}`)
    return answer.body
  }

  const upload = async (type: 'client' | 'server', source: string, key: string) => {
    const sha256 = createHash('sha256').update(source).digest('hex')
    await must(200, null, `PUT /developer/apps/order-lookup/bundles/${type}/${sha256}`, {
      raw: source,
      headers: { 'content-type': 'text/javascript' },
      key,
    })
    return sha256
  }

  const openAccount = async () => {
    const account = await must(201, 'dev', 'POST /developer/accounts', {
      body: { slug: 'northwind', title: 'Northwind' },
    })
    const { key } = await must(201, 'dev', `POST /developer/accounts/${account.id}/api-keys`, { body: { name: 'cli' } })
    const app = await must(201, null, 'POST /developer/apps', {
      body: { developerAccountId: account.id, slug: 'order-lookup', ...listing },
      key,
    })
    return { account, key: key as string, app }
  }

  const deploy = async (key: string, manifest: Manifest, extra: object = {}) =>
    must(201, null, 'POST /developer/apps/order-lookup/deployments', {
      body: {
        manifest,
        clientSha256: await upload('client', `// client ${manifest.version}`, key),
        serverSha256: await upload('server', `// server ${manifest.version}`, key),
        deploymentType: 'production',
        ...extra,
      },
      key,
    })

  const publish = async (key: string, manifest: Manifest, body: { readonly rolloutPercent?: number } = {}) => {
    const { id } = await deploy(key, manifest)
    await must(200, null, `POST /developer/deployments/${id}/submit`, { body: {}, key })
    await must(200, 'rex', `POST /review/deployments/${id}/start`, { body: {} })
    await must(200, 'rex', `POST /review/deployments/${id}/approve`, { body: {} })
    return must(200, null, `POST /developer/deployments/${id}/publish`, { body, key })
  }

  const consent = { grantedScopes: ['tickets:read'], grantedEgress: ['orders.northwind.example'] }

  /** Pinned unless a test is about what moves on its own. */
  const install = (who: Person, deployment: { appId: string; id: string }, channel = 'pinned') =>
    must(201, who, 'POST /installations', {
      body: { appId: deployment.appId, deploymentId: deployment.id, channel, ...consent },
    })

  const configure = (who: Person, id: string, values: Readonly<Record<string, unknown>>) =>
    must(200, who, `PUT /installations/${id}/settings/organization`, { body: { values } })

  let keys = 0
  const call = (
    who: Person,
    id: string,
    args: string,
    { idempotencyKey = `call-${++keys}`, moduleHash = 'src/orders.server.ts#findOrders' } = {},
  ) => send(who, `POST /installations/${id}/functions`, { body: { moduleHash, args, idempotencyKey } })

  return {
    ...fake,
    storage,
    souk,
    errors,
    delivered,
    answered,
    consent,
    send,
    must,
    upload,
    openAccount,
    deploy,
    publish,
    install,
    configure,
    call,
    /** How many answers were looked at. */
    checked: () => checkedAnswers,
  }
}

/** A world in which org-a has the app installed and configured. */
export const createInstalledWorld = async (options: Parameters<typeof createWorld>[0] = {}) => {
  const world = createWorld(options)
  const { account, key, app } = await world.openAccount()
  const first = await world.publish(key, createManifest('1.0.0'))
  const installation = await world.install('ada', first)
  await world.configure('ada', installation.id, {
    apiUrl: 'https://orders.northwind.example',
    apiKey: SECRET,
    token: TOKEN,
  })
  world.functions['src/orders.server.ts#findOrders'] = (_, [name]) => ({ orders: [`order of ${name}`] })
  return { ...world, account, key, app, first, installation: installation as { id: string } }
}

export const SECRET = 'nw_live_4f9c2"\\8a'
export const TOKEN = 'tok-revealed-77'
