import {
  ConflictError,
  fetch,
  InsufficientPermissionsError,
  InvalidInputError,
  NotFoundError,
  RateLimitError,
  UpstreamServiceError,
} from '@souk/extension-sdk/server'

/** Asks Tillbox. The token is not here: the platform adds it when the request leaves. */
export const ask = async <T>(
  path: string,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<T> => {
  const response = await fetch(`https://api.tillbox.example${path}`, {
    method: body ? 'POST' : 'GET',
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } } : {}),
  })
  const answer = await response.json().catch(() => undefined)
  // Tillbox promises the form of its answers; the functions that ask hand on only what they name.
  if (response.ok) return answer as T
  const message: string = answer?.message ?? `Tillbox answered with ${response.status}.`
  switch (response.status) {
    case 401:
    case 403:
      throw new InsufficientPermissionsError('Tillbox refused the token. An admin can correct it in the settings.')
    case 404:
      throw new NotFoundError(message)
    case 409:
      throw new ConflictError(message)
    case 422:
      throw new InvalidInputError(message, answer?.fields ?? {})
    case 429:
      throw new RateLimitError(message, Number(response.headers.get('retry-after')) || 30)
    default:
      throw new UpstreamServiceError(message, response.status)
  }
}
