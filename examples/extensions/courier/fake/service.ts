const STATIONS = ['Hamburg', 'Hanover', 'Kassel', 'Frankfurt', 'Munich'] as const
const STATIONS_OF_A_PAGE = 2

/** The stations of a parcel, a few at a time; `next` is the number of the page after this one. */
const stationsPage = (page: number) => {
  const end = page * STATIONS_OF_A_PAGE
  return {
    stations: STATIONS.slice(end - STATIONS_OF_A_PAGE, end),
    next: end < STATIONS.length ? page + 1 : null,
  }
}

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
      const [, code = '', stations] = /^\/parcels\/([^/]*)(\/stations)?$/.exec(url.pathname) ?? []
      if (!/^SP\d+$/.test(code)) return refuse(404, `There is no parcel ${code}.`)
      if (stations) return Response.json(stationsPage(Number(url.searchParams.get('page') ?? 1)))
      const times = asked.get(code) ?? 0
      asked.set(code, times + 1)
      return Response.json({ code, state: STATES[Math.min(times, STATES.length - 1)] })
    },
  }
}

const refuse = (status: number, message: string) => Response.json({ message }, { status })
