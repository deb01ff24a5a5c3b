import { randomBytes } from 'node:crypto'
import type { DeploymentCheck } from '../../protocol'
import { type Answer, ask } from './ask'
import { checkFrameHeaders } from './check-frame-headers'
import { checkPage } from './check-page'
import { checkScripts, readScripts } from './check-scripts'
import { createFindings, type Findings } from './checks'
import { parsePolicies, sourcesOf } from './policy'

export interface DeploymentAddresses {
  /** A page of the product. */
  readonly page: string
  /** The address of an extension's frame, as the page has it. */
  readonly frame: string
}

const MAX_REDIRECTS = 5

const reasonOf = (error: unknown): string => {
  const { code, message } = error as { readonly code?: string; readonly message?: string }
  return message || code || String(error)
}

const attempt = async (address: string | URL, method?: 'GET' | 'POST'): Promise<Answer | string> => {
  try {
    return await ask(address, method)
  } catch (error) {
    return reasonOf(error)
  }
}

/** A page may send its visitors on, to sign in for instance; as long as it is the same product. */
const askPage = async (address: string, left = MAX_REDIRECTS): Promise<Answer | string> => {
  const answer = await attempt(address)
  if (typeof answer === 'string' || answer.status < 300 || answer.status > 399) return answer
  const target = new URL(answer.headers.location ?? '', answer.url)
  if (left === 0 || target.origin !== answer.url.origin) return `it leads to ${target.origin}`
  return askPage(target.href, left - 1)
}

const isLocal = ({ hostname }: URL): boolean => /(?:^|\.)localhost$|^127\.|^\[::1\]$/.test(hostname)

/** 26 characters of the alphabet of ids, as an installation has. */
const inventId = (): string =>
  Array.from(randomBytes(26), (byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte & 31]).join('')

const isRefused = (answer: Answer | string): boolean =>
  typeof answer === 'string' || answer.status === 404 || answer.status === 403 || answer.status === 410

const sayAnswer = (path: string, answer: Answer | string): string =>
  `${path}: ${typeof answer === 'string' ? answer : `answered ${answer.status}`}`

/** What else is there on the sandbox's origin. */
const checkNothingElse = async (frame: URL, wrongHash: string, { expect }: Findings): Promise<readonly Answer[]> => {
  const paths = [
    '/',
    '/index.html',
    '/favicon.ico',
    '/robots.txt',
    '/api',
    '/api/souk/extensions',
    '/login',
    `/b/${wrongHash}.js`,
    `/boot/${wrongHash}.js`,
    '/frame/',
  ]
  const answers = await Promise.all(paths.map((path) => attempt(new URL(path, frame))))
  const open = answers.findIndex((answer) => !isRefused(answer))
  expect('nothing-else', open === -1, open === -1 ? '' : sayAnswer(paths[open] ?? '', answers[open] ?? ''))
  const query = await attempt(`${frame.origin}${frame.pathname}?souk=doctor`)
  expect('no-query', isRefused(query), sayAnswer('?souk=doctor', query))
  const post = await attempt(frame, 'POST')
  expect('only-reading', typeof post === 'string' || post.status === 405 || isRefused(post), sayAnswer('POST', post))
  return [...answers, query, post].filter((answer) => typeof answer !== 'string')
}

/** In origin mode: the host names of other installations. */
const checkHosts = async (frame: URL, installationId: string, { expect, unknown }: Findings) => {
  const label = frame.hostname.split('.').includes(installationId)
  expect('frame-host', label, `${frame.hostname} does not have the installation ${installationId} as a label`)
  if (!label) return unknown('wildcard', 'the host name has no label of the installation')
  const other = new URL(frame)
  other.hostname = frame.hostname
    .split('.')
    .map((part) => (part === installationId ? inventId() : part))
    .join('.')
  const answer = await attempt(other)
  expect('wildcard', typeof answer !== 'string', sayAnswer(other.hostname, answer))
  if (typeof answer !== 'string') expect('frame-bound', isRefused(answer), sayAnswer(other.host, answer))
}

/** Looks at a deployment as anybody could from outside, and says of each promise of the cage whether it holds. */
export const examineDeployment = async (addresses: DeploymentAddresses): Promise<readonly DeploymentCheck[]> => {
  const findings = createFindings()
  const { expect, unknown, checks } = findings
  const address = new URL(addresses.frame)
  address.hash = ''
  const page = await askPage(addresses.page)
  const pageUrl = typeof page === 'string' ? new URL(addresses.page) : page.url
  expect('frame-origin', address.origin !== pageUrl.origin, address.origin)
  expect('frame-https', address.protocol === 'https:' || isLocal(address), address.origin)
  if (typeof page === 'string') unknown('page-served', page)
  else {
    expect('page-served', page.status === 200, `it answered ${page.status}`, 'warning')
    checkPage(page, address, findings)
  }

  const frame = await attempt(address)
  const html = typeof frame === 'string' ? '' : frame.body.toString('utf8')
  const names = readScripts(html)
  const isFrame = typeof frame !== 'string' && frame.status === 200 && names !== undefined
  expect(
    'frame-served',
    isFrame,
    typeof frame === 'string'
      ? frame
      : frame.status === 200
        ? 'the document is not the one createSandbox makes'
        : `it answered ${frame.status}`,
  )
  if (typeof frame === 'string') return checks
  const [, installationId = ''] = /^\/frame\/([^/]+)\/[^/]+$/.exec(address.pathname) ?? []
  const policies = parsePolicies(frame.headers['content-security-policy'])
  const isOpaque =
    sourcesOf(policies, 'sandbox').some((tokens) => !tokens.includes('allow-same-origin')) ||
    (sourcesOf(policies, 'sandbox').length === 0 && !address.hostname.split('.').includes(installationId))
  checkFrameHeaders(frame, pageUrl.origin, isOpaque, findings)
  if (!isOpaque) await checkHosts(address, installationId, findings)

  const seen: Answer[] = [frame, ...(await checkNothingElse(address, 'a'.repeat(64), findings))]
  if (names) {
    const load = (path: string) => ask(new URL(path, address))
    try {
      const [boot, runtime, bundle] = await Promise.all([
        load(`/boot/${names.boot}.js`),
        load(`/b/${names.runtime}.js`),
        load(`/b/${names.bundle}.js`),
      ])
      checkScripts(names, { boot, runtime, bundle }, findings)
      seen.push(boot, runtime, bundle)
    } catch (error) {
      unknown('boot-integrity', reasonOf(error))
    }
  }
  const cookie = seen.find(({ cookies }) => cookies.length > 0)
  expect(
    'no-cookies',
    cookie === undefined,
    cookie ? `${cookie.url.pathname} sets ${cookie.cookies[0]?.split('=', 1)[0]}` : '',
  )
  return checks
}
