import { askPlatform } from './call-context'

/**
 * Calls a function that the product offers to apps, such as `tickets.find`. Which there are, and the scope each needs, is in the product's
 * own documentation.
 *
 * @typeParam T What the function answers. The product checked the input; the answer is the product's word.
 * @throws {SdkError} `FUNCTION_NOT_FOUND` when the product has none of this name; `FORBIDDEN` when its scope was not granted.
 */
export const callHost = async <T = unknown>(name: string, input?: unknown): Promise<T> =>
  (await askPlatform('host.call', name, input)) as T
