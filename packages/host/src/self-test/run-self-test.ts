import type { ActiveExtension, DeploymentCheck, ProbeReport } from '@souk/extension-sdk/protocol'
import type { SoukClient } from '../api/souk-client'
import { createId } from '../create-id'
import { checkFrameUrl, findSharedCluster } from '../frame/allowed-origin'
import { HostError } from '../host-error'
import { openProbe } from './open-probe'
import { ATTEMPT_CHECKS, PAGE_CHECKS } from './self-test-checks'

export interface SelfTestOptions {
  /** Tells where the frames of installed extensions stand. One has to be installed. */
  readonly client?: Pick<SoukClient, 'extensions'>
  /** The frame of an installed extension, in place of `client`. */
  readonly extension?: Pick<ActiveExtension, 'frameUrl' | 'isolation' | 'appInstallationId'>
  /** How long a frame may take to load and report, in milliseconds. Default 30,000. */
  readonly timeoutMs?: number
}

export interface SelfTestResult {
  readonly isOk: boolean
  readonly checks: readonly DeploymentCheck[]
}

/** Nobody has it, so nothing is loaded even where nothing stops it. */
const NOWHERE = 'https://souk-self-test.invalid/'
const VIOLATION_MS = 2_000
const STORAGE_KEY = 'souk-self-test'

const findExtension = async ({ client, extension }: SelfTestOptions) => {
  const found = extension ?? (await client?.extensions())?.[0]
  if (found) return found
  throw new HostError(
    'NOT_CONFIGURED',
    'The self-test finds no frame. Install an app first, and pass the client of the SoukProvider or an extension of it.',
  )
}

/** Whether the page's own policy stops a frame of an address that no product frames. */
const isFramingBounded = (): Promise<boolean> =>
  new Promise((resolve) => {
    const frame = document.createElement('iframe')
    frame.setAttribute('sandbox', '')
    frame.hidden = true
    frame.src = NOWHERE
    const finish = (isBounded: boolean) => {
      clearTimeout(timer)
      document.removeEventListener('securitypolicyviolation', listen)
      frame.remove()
      resolve(isBounded)
    }
    const listen = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent) => {
      if (effectiveDirective === 'frame-src' && NOWHERE.startsWith(blockedURI)) finish(true)
    }
    const timer = setTimeout(() => finish(false), VIOLATION_MS)
    document.addEventListener('securitypolicyviolation', listen)
    document.body.append(frame)
  })

/** Lays out what a frame must not find, and takes it away afterwards. */
const withMarks = async <T>(mark: string, run: () => Promise<T>): Promise<T> => {
  localStorage.setItem(STORAGE_KEY, mark)
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not in every browser.
  document.cookie = `${STORAGE_KEY}=${mark}; path=/; SameSite=Lax`
  try {
    return await run()
  } finally {
    localStorage.removeItem(STORAGE_KEY)
    // biome-ignore lint/suspicious/noDocumentCookie: as above.
    document.cookie = `${STORAGE_KEY}=; path=/; Max-Age=0`
  }
}

const readPage = () =>
  JSON.stringify({
    address: location.href,
    title: document.title,
    cookies: document.cookie,
    storage: { ...localStorage },
    frames: document.querySelectorAll('iframe').length,
  })

/** The same sandbox for an installation that is not there: the probe must not meet the storage of one that is. */
const probeUrl = (
  frame: URL,
  { isolation, appInstallationId }: Pick<ActiveExtension, 'isolation' | 'appInstallationId'>,
  id: string,
): URL => {
  const url = new URL('/probe', frame)
  if (isolation === 'origin')
    url.hostname = frame.hostname
      .split('.')
      .map((label) => (label === appInstallationId.toLowerCase() ? id : label))
      .join('.')
  return url
}

/** An id as installations have: 26 characters of base32. */
const inventId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(26)), (byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte & 31]).join(
    '',
  )

/**
 * Tries on the real deployment, in the user's browser, what no extension may be able to do: a probe of ours is mounted as an extension's
 * frame is, and reports what it reached of the page, the network and storage. Nothing is sent anywhere else, and nothing is left behind.
 *
 * @throws {HostError} `NOT_CONFIGURED` when no extension is installed whose sandbox could be tried.
 */
export const runSelfTest = async (options: SelfTestOptions): Promise<SelfTestResult> => {
  const checks: DeploymentCheck[] = []
  const add = (
    id: string,
    text: Pick<DeploymentCheck, 'title' | 'why' | 'fix'>,
    found: string | undefined,
    status: DeploymentCheck['status'] = 'problem',
  ) => checks.push(found === undefined ? { id, title: text.title, status: 'ok' } : { id, ...text, status, found })
  const result = () => ({ isOk: checks.every(({ status }) => status !== 'problem'), checks })

  const extension = await findExtension(options)
  let frame: URL
  try {
    frame = checkFrameUrl(extension, location.href)
    add('frame-address', PAGE_CHECKS['frame-address'], undefined)
  } catch (error) {
    add('frame-address', PAGE_CHECKS['frame-address'], error instanceof Error ? error.message : String(error))
    return result()
  }
  const isOriginKeyed = !('originAgentCluster' in window) || window.originAgentCluster === true
  add(
    'frame-site',
    PAGE_CHECKS['frame-site'],
    findSharedCluster(frame, { hostname: location.hostname, isOriginKeyed }),
    'warning',
  )
  add(
    'page-frame-src',
    PAGE_CHECKS['page-frame-src'],
    (await isFramingBounded()) ? undefined : `${NOWHERE} could be framed`,
  )

  const { isolation } = extension
  const patience = options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }
  const before = readPage()
  const mark = createId()
  const first = await withMarks(mark, () =>
    openProbe({ url: probeUrl(frame, extension, inventId()), isolation, mark, ...patience }),
  )
  add('frame-loads', PAGE_CHECKS['frame-loads'], typeof first === 'string' ? first : undefined)
  if (typeof first === 'string') return result()
  addAttempts(first, add)

  // The first probe has left its mark in its own storage, where it has one. The next must not find it.
  const second = await openProbe({
    url: probeUrl(frame, extension, inventId()),
    isolation,
    mark: createId(),
    ...patience,
  })
  const met =
    typeof second === 'string'
      ? second
      : second.attempts.find(({ id, outcome }) => id === 'read-storage' && outcome === 'succeeded')?.detail
  add('frame-apart', PAGE_CHECKS['frame-apart'], met)
  const after = readPage()
  add(
    'page-untouched',
    PAGE_CHECKS['page-untouched'],
    before === after ? undefined : 'address, title, cookies, storage or frames have changed',
  )
  return result()
}

const addAttempts = (
  { attempts }: ProbeReport,
  add: (
    id: string,
    text: Pick<DeploymentCheck, 'title' | 'why' | 'fix'>,
    found: string | undefined,
    status?: DeploymentCheck['status'],
  ) => void,
) => {
  for (const [id, text] of Object.entries(ATTEMPT_CHECKS)) {
    const attempt = attempts.find((one) => one.id === id)
    if (!attempt) add(id, text, 'the probe did not say', 'unknown')
    else add(id, text, attempt.outcome === 'refused' ? undefined : attempt.detail)
  }
}
