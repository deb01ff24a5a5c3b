import { isIP } from 'node:net'
import { type EgressRule, hostCovers } from '@souk/extension-sdk/protocol'
import { SoukError } from '../../souk-error'

const denied = (message: string): SoukError => new SoukError('EGRESS_DENIED', message)

/**
 * Finds the rule that allows a URL. Without one, or with a URL that only looks like its host, the request is refused.
 *
 * @throws {SoukError} `EGRESS_DENIED` with the reason.
 */
export const matchRule = (url: URL, rules: readonly EgressRule[], allowHttp: boolean): EgressRule => {
  if (url.protocol !== 'https:' && !(allowHttp && url.protocol === 'http:'))
    throw denied(`Server functions may request https: URLs only; this one has ${url.protocol} Use https:.`)
  if (url.username || url.password)
    throw denied('The URL carries a user name or a password. Send credentials in a header instead.')
  // URL has normalised decimal, octal and hexadecimal forms to dotted ones by now.
  if (url.hostname.startsWith('[') || isIP(url.hostname))
    throw denied('The URL names an IP address. Server functions may reach hosts by name only.')
  // An exact rule comes first, so that its credential wins over the one of a wildcard.
  const matching = rules.filter(({ host }) => hostCovers(host, url.host))
  const rule = matching.find(({ host }) => host === url.host) ?? matching[0]
  if (!rule)
    throw denied(
      `${url.host} is not a host this app may reach. Name it in egress.server of souk.config.ts and publish a version.`,
    )
  return rule
}
