import type { FrameIdentity } from '../protocol/messages'
import { isName, type Parsed, refuse } from '../protocol/parse'

/** What the server wrote into the frame document, and what the product wrote into its address. */
export interface Frame extends FrameIdentity {
  /** SHA-256 of the two scripts the worker is made of, in hexadecimal. */
  readonly runtime: string
  readonly bundle: string
  readonly nonce: string
  readonly hostOrigin: string
}

const SHA256 = /^[0-9a-f]{64}$/

/**
 * @param attributes The data attributes of the document element.
 * @param fragment The address's fragment: `#n=<nonce>&o=<origin of the product>`.
 */
export const readFrame = (
  attributes: Readonly<Record<string, string | undefined>>,
  fragment: string,
): Parsed<Frame> => {
  const { appId, installationId, runtime, bundle, hostOrigins } = attributes
  if (!isName(appId) || !isName(installationId)) return refuse('The frame document names no app and installation.')
  if (!runtime || !SHA256.test(runtime) || !bundle || !SHA256.test(bundle))
    return refuse('The frame document names no scripts by their SHA-256.')
  const parameters = new URLSearchParams(fragment.replace(/^#/, ''))
  const nonce = parameters.get('n')
  const hostOrigin = parameters.get('o')
  if (!isName(nonce)) return refuse('The frame was opened without a nonce, so not by a product.')
  // The server decides who may embed this installation; the address only says which of them did.
  if (!hostOrigin || !hostOrigins?.split(' ').includes(hostOrigin))
    return refuse('The origin that opened the frame is not one the server allows.')
  return { appId, appInstallationId: installationId, runtime, bundle, nonce, hostOrigin }
}
