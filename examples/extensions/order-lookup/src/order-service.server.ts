import {
  ConflictError,
  fetch,
  getOrganizationSetting,
  InsufficientPermissionsError,
  InvalidInputError,
  NotFoundError,
  RateLimitError,
  UpstreamServiceError,
} from '@souk/extension-sdk/server'
import { parseFieldError } from './parse-answers.server'

/**
 * Sends a request to the order service. The API key is not here: the platform adds it when the request leaves.
 *
 * @returns The JSON it answered with, unknown until parsed.
 */
export const askOrderService = async (path: string, init?: RequestInit): Promise<unknown> => {
  const apiUrl = await getOrganizationSetting<string>('apiUrl')
  const response = await fetch(`${apiUrl?.replace(/\/+$/, '')}${path}`, init)
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok) return body
  const { field, message } = parseFieldError(body)
  switch (response.status) {
    case 401:
    case 403:
      throw new InsufficientPermissionsError('Northwind refused the API key. An admin can correct it in the settings.')
    case 404:
      throw new NotFoundError(message ?? 'Northwind does not know this order.')
    case 409:
      throw new ConflictError(message ?? 'Northwind has this refund already.')
    case 422:
      throw new InvalidInputError(
        message ?? 'Northwind refused the input.',
        field && message ? { [field]: message } : {},
      )
    case 429:
      throw new RateLimitError('Northwind asks for a pause.', Number(response.headers.get('retry-after')) || 30)
    default:
      throw new UpstreamServiceError(
        `Northwind answered with ${response.status}. Try again in a minute.`,
        response.status,
      )
  }
}
