import { SoukError } from '../souk-error'

const READING: readonly string[] = ['GET', 'HEAD']

/**
 * Refuses a write that a page of another origin may have made with the cookies of the product. It has to be shown that none did: by the
 * browser (`Sec-Fetch-Site`, or `Origin`), or by a header that no page can send across origins without being asked for it first.
 *
 * @param allowedOrigins Other origins of the product, such as `https://admin.example.com`.
 * @throws {SoukError} `CROSS_ORIGIN`
 */
export const checkOrigin = (request: Request, allowedOrigins: ReadonlySet<string>): void => {
  if (READING.includes(request.method)) return
  const { headers } = request
  const origin = headers.get('origin')
  if (origin !== null && allowedOrigins.has(origin)) return
  const site = headers.get('sec-fetch-site')
  if (site !== null) {
    if (site === 'same-origin' || site === 'none') return
    throw refused(origin ?? 'another site')
  }
  if (origin !== null) {
    if (origin === new URL(request.url).origin) return
    throw refused(origin)
  }
  // Basic credentials are sent by browsers on their own, as cookies are. These are not.
  if (/^bearer \S/i.test(headers.get('authorization') ?? '') || headers.get('x-requested-with')) return
  throw new SoukError(
    'CROSS_ORIGIN',
    'It cannot be told that a page of the product sent this. Send the header X-Requested-With with any value, or an API key.',
  )
}

const refused = (origin: string) =>
  new SoukError(
    'CROSS_ORIGIN',
    `A page of ${origin.slice(0, 200)} may not change anything here. Call from the product; if this is one of its origins, name it ` +
      'in `allowedOrigins` of createSouk, or let the adapter trust the proxy in front (`trustProxy`).',
  )
