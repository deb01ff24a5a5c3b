import { createHmac } from 'node:crypto'

interface Subscription {
  readonly url: string
  readonly secret: string
}

interface Message {
  readonly id: number
  readonly channel: string
  readonly text: string
}

/**
 * A Parley of one account, in memory: what it answers, refuses and remembers, and what it sends.
 *
 * @param send How deliveries leave. Default: over the network.
 */
export const createService = (token = 'secret', send: (request: Request) => Promise<Response> = fetch) => {
  const channels = ['general', 'orders', 'support']
  const messages: Message[] = []
  let subscription: Subscription | undefined

  const deliver = ({ url, secret }: Subscription, delivery: object): Promise<Response> => {
    const body = JSON.stringify(delivery)
    const time = String(Math.floor(Date.now() / 1000))
    const signature = createHmac('sha256', secret).update(`v0:${time}:${body}`).digest('hex')
    const headers = {
      'content-type': 'application/json',
      'x-parley-signature': `v0=${signature}`,
      'x-parley-timestamp': time,
    }
    return send(new Request(url, { method: 'POST', body, headers }))
  }

  /** Whoever asks for mentions has to show first that the URL is theirs. */
  const subscribe = async (wanted: Subscription): Promise<Response> => {
    const challenge = crypto.randomUUID()
    const answer = await deliver(wanted, { type: 'url_verification', challenge }).catch(() => undefined)
    if (answer?.status !== 200 || (await answer.text()) !== challenge)
      return refuse(422, 'The URL did not answer the challenge.')
    subscription = wanted
    return Response.json({}, { status: 201 })
  }

  return {
    get subscription() {
      return subscription
    },
    /** @returns The status that was answered; nothing when nobody asked for mentions. */
    async mention(...texts: readonly string[]): Promise<number | undefined> {
      const fresh = texts.map((text, index) => ({ id: messages.length + index + 1, channel: 'general', text }))
      messages.push(...fresh)
      return subscription && (await deliver(subscription, { type: 'mentions', messages: fresh })).status
    },
    messages,
    async fetch(request: Request): Promise<Response> {
      const url = new URL(request.url)
      if (request.headers.get('authorization') !== `Bearer ${token}`) return refuse(401, 'No such token.')
      if (url.pathname === '/channels')
        return Response.json({ channels: channels.map((id) => ({ id, name: `#${id}` })) })
      if (url.pathname === '/messages' && request.method === 'GET') {
        const after = Number(url.searchParams.get('after') ?? 0)
        return Response.json({ messages: messages.filter(({ id }) => id > after) })
      }
      if (url.pathname === '/subscription') {
        const wanted = await request.json()
        if (wanted.url !== null) return subscribe(wanted)
        subscription = undefined
        return Response.json({})
      }
      if (url.pathname !== '/messages') return refuse(404, 'There is no such thing.')
      const { channel, text } = await request.json()
      if (!channels.includes(channel))
        return refuse(422, 'No such channel.', { fields: { channel: 'Choose another channel.' } })
      const message = { id: messages.length + 1, channel, text }
      messages.push(message)
      return Response.json(message, { status: 201 })
    },
  }
}

const refuse = (status: number, message: string, more: object = {}) => Response.json({ message, ...more }, { status })
