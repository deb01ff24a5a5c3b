/** A Parley of one account, in memory: what it answers, refuses and remembers. */
export const createService = (token = 'secret') => {
  const channels = ['general', 'orders', 'support']
  const messages: { id: number; channel: string; text: string }[] = []
  return {
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
