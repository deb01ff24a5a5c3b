import type { Answer } from './ask'
import type { Findings } from './checks'
import { parsePolicies, sourceMatches, sourcesOf } from './policy'

/** The last two labels: not exactly what a browser takes for a site, but never less. An address is a site of its own. */
const siteOf = ({ hostname }: URL): string =>
  /^[\d.]+$|^\[/.test(hostname) ? hostname : hostname.split('.').slice(-2).join('.')

const isSameSite = (a: URL, b: URL): boolean => siteOf(a) === siteOf(b)

/** Sources that let through far more than one sandbox. */
const isBroad = (source: string): boolean => source === '*' || /^[a-z][a-z0-9+.-]*:(?:\/\/\*)?$/i.test(source)

const domainOf = (cookie: string): string | undefined => /;\s*domain=\.?([^;\s]+)/i.exec(cookie)?.[1]?.toLowerCase()

const reaches = (domain: string, host: string): boolean => host === domain || host.endsWith(`.${domain}`)

/** Checks what the product's page sends along. */
export const checkPage = (page: Answer, frame: URL, { expect }: Findings): void => {
  const policies = parsePolicies(page.headers['content-security-policy'])
  const frames = sourcesOf(policies, 'frame-src', 'child-src', 'default-src')
  const allows = (sources: readonly string[]) =>
    sources.some((source) => (source === "'self'" ? page.url.origin === frame.origin : sourceMatches(source, frame)))
  const isNarrow = frames.some((sources) => !sources.some(isBroad))
  expect(
    'page-frame-src',
    frames.length > 0 && isNarrow && frames.every(allows),
    frames.length === 0
      ? 'no frame-src'
      : `frame-src ${frames.map((sources) => sources.join(' ')).join(', ')}${frames.every(allows) ? '' : `, which does not allow ${frame.origin}`}`,
  )
  const shared = page.cookies.find((cookie) => {
    const domain = domainOf(cookie)
    return domain !== undefined && reaches(domain, frame.hostname)
  })
  // The value of a cookie is nobody's business.
  expect('page-cookies', shared === undefined, shared ? `${shared.split('=', 1)[0]}; Domain=${domainOf(shared)}` : '')
  expect(
    'frame-site',
    !isSameSite(page.url, frame),
    `${page.url.hostname} and ${frame.hostname}${page.headers['origin-agent-cluster'] === '?1' ? '' : ', and the page sends no Origin-Agent-Cluster: ?1'}`,
    page.headers['origin-agent-cluster'] === '?1' ? 'warning' : 'problem',
  )
}
