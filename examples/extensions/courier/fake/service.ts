/** A Swiftpost in memory: it mints tokens that live for a minute, and moves a parcel a little each time it is asked. */
export const createService = (secret = 'secret') => {
  const STATES = ['accepted', 'on its way', 'at your door', 'delivered']
  const tokens = new Map<string, number>()
  const asked = new Map<string, number>()
  return {
    tokens,
    async fetch(request: Request): Promise<Response> {
      const url = new URL(request.url)
      if (url.pathname === '/token') {
        if (request.headers.get('authorization') !== `Bearer ${secret}`) return refuse(401, 'No such client.')
        const token = `token-${tokens.size + 1}`
        tokens.set(token, Date.now() + 60_000)
        return Response.json({ token, expiresInSeconds: 60 })
      }
      if ((tokens.get(request.headers.get('x-token') ?? '') ?? 0) < Date.now()) return refuse(401, 'It has expired.')
      const code = url.pathname.replace('/parcels/', '')
      if (!/^SP\d+$/.test(code)) return refuse(404, `There is no parcel ${code}.`)
      const times = asked.get(code) ?? 0
      asked.set(code, times + 1)
      return Response.json({ code, state: STATES[Math.min(times, STATES.length - 1)] })
    },
  }
}

const refuse = (status: number, message: string) => Response.json({ message }, { status })
