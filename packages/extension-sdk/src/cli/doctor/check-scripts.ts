import { createHash } from 'node:crypto'
import type { Answer } from './ask'
import type { Findings } from './checks'

export interface FrameScripts {
  readonly boot: string
  readonly runtime: string
  readonly bundle: string
}

/** The hashes that a frame document names its scripts by. */
export const readScripts = (html: string): FrameScripts | undefined => {
  const [, boot] = /<script src="\/boot\/([0-9a-f]{64})\.js" crossorigin>/.exec(html) ?? []
  const [, runtime] = /data-runtime="([0-9a-f]{64})"/.exec(html) ?? []
  const [, bundle] = /data-bundle="([0-9a-f]{64})"/.exec(html) ?? []
  return boot && runtime && bundle ? { boot, runtime, bundle } : undefined
}

const EXPECTED = [
  ['content-type', /^(?:text|application)\/javascript\b/],
  ['access-control-allow-origin', /^\*$/],
  ['cache-control', /immutable/],
  ['x-content-type-options', /^nosniff$/],
  ['cross-origin-resource-policy', /^cross-origin$/],
  ['content-security-policy', /(?:^|[;,]\s*)sandbox(?:\s*[;,]|$)/],
] as const

const findHeaderProblem = ({ url, headers }: Answer): string | undefined => {
  const wrong = EXPECTED.find(([name, pattern]) => !pattern.test(headers[name] ?? ''))
  if (wrong)
    return `${url.pathname}: ${headers[wrong[0]] === undefined ? 'no ' : ''}${wrong[0]} ${headers[wrong[0]] ?? ''}`
  return headers['access-control-allow-credentials'] === undefined
    ? undefined
    : `${url.pathname}: access-control-allow-credentials`
}

const findHashProblem = (script: Answer, sha256: string): string | undefined => {
  if (script.status !== 200) return `${script.url.pathname} answered ${script.status}`
  const found = createHash('sha256').update(script.body).digest('hex')
  return found === sha256 ? undefined : `${script.url.pathname} has the SHA-256 ${found}`
}

export const checkScripts = (
  names: FrameScripts,
  scripts: Readonly<Record<keyof FrameScripts, Answer>>,
  { expect }: Findings,
): void => {
  const boot = findHashProblem(scripts.boot, names.boot)
  expect('boot-integrity', boot === undefined, boot ?? '')
  const bundle = findHashProblem(scripts.runtime, names.runtime) ?? findHashProblem(scripts.bundle, names.bundle)
  expect('bundle-integrity', bundle === undefined, bundle ?? '')
  const header = Object.values(scripts).map(findHeaderProblem).find(Boolean)
  expect('script-headers', header === undefined, header ?? '')
}
