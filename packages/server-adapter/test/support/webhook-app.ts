import type { Manifest, PlainValue } from '@souk/extension-sdk/protocol'
import type { CreateSoukOptions, TriggerEvents } from '../../src/index'
import { connectedManifest, createConnectedWorld } from './connected-app'
import { ORIGIN, type Person } from './create-world'

export const HOOK = 'src/webhooks/orders.webhook.ts#default'
export const OTHER_HOOK = 'src/webhooks/refunds.webhook.ts#default'
const SERVER_FUNCTION = 'src/orders.server.ts#findOrders'

export const webhookManifest = (version: string, changes: Partial<Manifest> = {}): Manifest => {
  const base = connectedManifest(version)
  return {
    ...base,
    surfaces: [...base.surfaces, { kind: 'workflow.triggers', id: 'order-created', label: 'Order created' }],
    functions: [...base.functions, ...[HOOK, OTHER_HOOK].map((id) => ({ id, callable: false }))],
    webhooks: [
      { id: 'orders', function: HOOK },
      { id: 'refunds', function: OTHER_HOOK },
    ],
    ...changes,
  }
}

/** A handler as app code is told of it. */
export interface HandlerInfo {
  readonly id: string
  readonly url: string
  readonly isActive: boolean
  readonly [key: string]: unknown
}

/** A product with an app that takes webhooks, and its port for events. */
export const createWebhookWorld = async (options: Partial<CreateSoukOptions> = {}) => {
  const accepted: TriggerEvents[] = []
  const world = await createConnectedWorld({
    manifest: webhookManifest,
    options: { onTriggerEvents: (events) => void accepted.push(events), ...options },
  })

  /** What app code asks the platform in a call by a person. */
  const ask = async (
    operation: string,
    request: PlainValue,
    { who = 'ada', installationId = world.installation.id }: { who?: Person; installationId?: string } = {},
  ): Promise<unknown> => {
    let answer: unknown
    world.functions[SERVER_FUNCTION] = async ({ platform }) => {
      answer = await platform?.(operation, [request], new AbortController().signal).catch((error: unknown) => error)
    }
    const { status, text } = await world.call(who, installationId, '[]')
    if (status !== 200) throw new Error(`The function answered ${status}: ${text}`)
    if (answer instanceof Error) throw answer
    return answer
  }

  const createHandler = async (
    request: Readonly<Record<string, PlainValue>> = {},
    as: Parameters<typeof ask>[2] = {},
  ): Promise<HandlerInfo> => (await ask('webhook.create', { webhook: 'orders', ...request }, as)) as HandlerInfo

  /** What an outside service sends, without anything of the product. */
  const deliver = async (url: string, init: RequestInit = {}) => {
    const response = await world.souk.fetch(new Request(new URL(url, ORIGIN), { method: 'POST', body: '{}', ...init }))
    return { status: response.status, headers: response.headers, text: await response.text() }
  }

  const connectPlain = async (who: Person = 'ada'): Promise<string> =>
    (await world.must(200, who, `POST ${world.connections}`, { body: { definitionId: 'plain' } })).connection.id

  return { ...world, accepted, ask, createHandler, deliver, connectPlain }
}
