/** A Stallholder of one account, in memory: what it answers, refuses and remembers. */
export const createService = (token = 'secret') => {
  const things = new Map<string, object>()
  return {
    things,
    async fetch(request: Request): Promise<Response> {
      const url = new URL(request.url)
      if (request.headers.get('authorization') !== `Bearer ${token}`) return refuse(401, 'No such token.')
      const [, resource = '', operation] = url.pathname.split('/')
      const body = await request.json()
      if (operation !== 'create' && operation !== 'update') return Response.json({ id: resource })
      if (resource === 'product' && !body.title)
        return refuse(422, 'No title.', { fields: { product_title: 'A product needs a title.' } })
      const id = `${resource}-${things.size + 1}`
      things.set(id, body)
      return Response.json({ id }, { status: 201 })
    },
  }
}

const refuse = (status: number, message: string, more: object = {}) => Response.json({ message, ...more }, { status })
