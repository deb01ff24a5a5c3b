import { SoukError } from '../souk-error'

/** Characters of the path with its query. */
const MAX_URL_LENGTH = 8192
/** Bytes of all names and values; Node's own limit is 16 KiB. */
const MAX_HEADER_BYTES = 32 * 1024

/** What is asked of every request before anything is done for it. */
export const checkRequest = (request: Request): void => {
  const { pathname, search } = new URL(request.url)
  if (pathname.length + search.length > MAX_URL_LENGTH)
    throw new SoukError(
      'URL_TOO_LONG',
      `The address is longer than ${MAX_URL_LENGTH} characters. Send less in the query.`,
    )
  let bytes = 0
  for (const [name, value] of request.headers) bytes += name.length + value.length
  if (bytes > MAX_HEADER_BYTES)
    throw new SoukError(
      'HEADERS_TOO_LARGE',
      `The headers are larger than ${MAX_HEADER_BYTES} bytes. Send fewer cookies.`,
    )
}
