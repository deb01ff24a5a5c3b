import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { SoukError } from '../../souk-error'
import { isPublicAddress } from './is-public-address'

/** Every address of a host, as the connection will use them. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>

export const resolveWithSystem: Resolve = (host) => lookup(host, { all: true, verbatim: true })

/**
 * Resolves a host once. The caller connects to these addresses and never asks again, so that a name cannot change its mind
 * between the check and the connection.
 *
 * @throws {SoukError} `EGRESS_PRIVATE_ADDRESS` when any address is not public; `EGRESS_FAILED` when there is none.
 */
export const resolvePublic = async (host: string, resolve: Resolve): Promise<readonly LookupAddress[]> => {
  let addresses: readonly LookupAddress[]
  try {
    addresses = await resolve(host)
  } catch (cause) {
    throw new SoukError('EGRESS_FAILED', `${host} could not be resolved. Check the host name and try again.`, { cause })
  }
  if (addresses.length === 0) throw new SoukError('EGRESS_FAILED', `${host} has no address. Check the host name.`)
  // One private address among public ones is refused too: it is what a rebinding attack looks like.
  if (!addresses.every(({ address }) => isPublicAddress(address)))
    throw new SoukError(
      'EGRESS_PRIVATE_ADDRESS',
      `${host} resolves to an address that is not public. Server functions reach public addresses only.`,
    )
  return addresses
}
