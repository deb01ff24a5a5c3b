import { createHmac } from 'node:crypto'

export interface ServiceOptions {
  /** Topics that the plan of the shop does not have. */
  readonly refusedTopics?: readonly string[]
  /** How deliveries leave. Default: over the network. */
  readonly send?: (request: Request) => Promise<Response>
}

interface Registered {
  readonly topic: string
  readonly url: string
  readonly secret: string
}

/** A Stallholder of one account, in memory: what it answers, refuses and remembers, and what it sends. */
export const createService = (token = 'secret', { refusedTopics = [], send = fetch }: ServiceOptions = {}) => {
  const things = new Map<string, object>()
  const webhooks = new Map<string, Registered>()
  let events = 0

  const changeWebhooks = (operation: string | undefined, body: Registered & { readonly id: string }): Response => {
    if (operation === 'remove')
      return webhooks.delete(body.id) ? Response.json({ id: body.id }) : refuse(404, 'No such webhook.')
    if (refusedTopics.includes(body.topic)) return refuse(403, 'Not in the plan of the shop.')
    const id = `webhook-${crypto.randomUUID()}`
    webhooks.set(id, { topic: body.topic, url: body.url, secret: body.secret })
    return Response.json({ id }, { status: 201 })
  }

  return {
    things,
    webhooks,
    async fetch(request: Request): Promise<Response> {
      const url = new URL(request.url)
      if (request.headers.get('authorization') !== `Bearer ${token}`) return refuse(401, 'No such token.')
      const [, resource = '', operation] = url.pathname.split('/')
      if (resource === 'shop') return Response.json({ name: 'Northwind Outdoors' })
      const body = await request.json()
      if (resource === 'webhook' && typeof body.url === 'string') return changeWebhooks(operation, body)
      if (resource === 'webhook' && operation === 'remove') return changeWebhooks(operation, body)
      if (operation !== 'create' && operation !== 'update') return Response.json({ id: resource })
      if (resource === 'product' && !body.title)
        return refuse(422, 'No title.', { fields: { product_title: 'A product needs a title.' } })
      const id = `${resource}-${things.size + 1}`
      things.set(id, body)
      return Response.json({ id }, { status: 201 })
    },
    /**
     * Sends what happened to whoever asked for the topic.
     *
     * @param ids Those of the events; the same again for a delivery that is repeated. Default: new ones.
     * @returns What was answered, in the order the webhooks were made.
     */
    async tell(topic: string, data: readonly object[], ids: readonly string[] = []): Promise<readonly number[]> {
      const body = JSON.stringify({
        events: data.map((one, index) => ({ id: ids[index] ?? `event-${++events}`, topic, data: one })),
      })
      const statuses: number[] = []
      for (const { url, secret } of [...webhooks.values()].filter((webhook) => webhook.topic === topic)) {
        const time = Math.floor(Date.now() / 1000)
        const signature = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')
        const headers = { 'content-type': 'application/json', 'stallholder-signature': `t=${time},v1=${signature}` }
        statuses.push((await send(new Request(url, { method: 'POST', body, headers }))).status)
      }
      return statuses
    },
  }
}

const refuse = (status: number, message: string, more: object = {}) => Response.json({ message, ...more }, { status })
