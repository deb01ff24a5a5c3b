import type { ActiveExtension } from '@souk/extension-sdk/protocol'
import { HostError } from '../host-error'

type FrameAddress = Pick<ActiveExtension, 'frameUrl' | 'isolation' | 'appInstallationId'>

/**
 * Lets an extension's frame stand only on an origin that is neither the page's nor, in origin mode, another installation's.
 *
 * @returns The parsed address of the frame.
 * @throws {HostError} `FRAME_SAME_ORIGIN` or `FRAME_ORIGIN_INVALID`.
 */
export const checkFrameUrl = (extension: FrameAddress, pageUrl: string): URL => {
  const page = new URL(pageUrl)
  if (!URL.canParse(extension.frameUrl))
    throw invalid('is not an absolute URL', 'Set `sandbox.origin` of createSouk to an https: origin')
  const url = new URL(extension.frameUrl)
  if (url.origin === page.origin)
    throw new HostError(
      'FRAME_SAME_ORIGIN',
      `The extension frame URL is on ${url.origin}, the page's own origin, where its sandbox could be removed by the extension. ` +
        'Serve frames from a separate origin and pass it to createSouk as `sandbox.origin`.',
    )
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && page.protocol === 'http:'))
    throw invalid(`has the scheme ${url.protocol}`, 'Serve frames over https:')
  if (url.username || url.password || url.hash)
    throw invalid('carries a user name, a password or a fragment', 'Use a plain address')
  // A label of its own: as a part of one, another installation could have the rest of it.
  if (extension.isolation === 'origin' && !url.hostname.split('.').includes(extension.appInstallationId.toLowerCase()))
    throw invalid(
      `is on ${url.hostname}, which other installations could share`,
      'Put `*` for the installation id into `sandbox.origin`, or use the isolation `opaque`',
    )
  return url
}

const invalid = (what: string, advice: string) =>
  new HostError('FRAME_ORIGIN_INVALID', `The extension frame URL ${what}, so it was not mounted. ${advice}.`)

/** The last two labels: not exactly what a browser takes for a site, but enough for a warning. */
const siteOf = (hostname: string) => hostname.split('.').slice(-2).join('.')

/** What is to be said of a frame on the page's own site while the page shares its agent cluster, where `document.domain` joins origins. */
export const findSharedCluster = (url: URL, page: { readonly hostname: string; readonly isOriginKeyed: boolean }) =>
  page.isOriginKeyed || siteOf(url.hostname) !== siteOf(page.hostname)
    ? undefined
    : `The extension frame on ${url.hostname} is on the page's own site. Send "Origin-Agent-Cluster: ?1" with the page, or serve frames from another domain.`
