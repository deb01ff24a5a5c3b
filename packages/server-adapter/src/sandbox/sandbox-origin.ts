import { isId } from '../crypto/create-id'
import { SoukError } from '../souk-error'

export interface SandboxOptions {
  /** `origin`: every installation has an origin of its own. `opaque`: one origin for all, and frames without any. */
  readonly isolation: 'origin' | 'opaque'
  /** `https://*.sandbox.example`: `*` becomes the installation id. In opaque mode without `*`. */
  readonly origin: string
  /** The origins of the product's pages, the only ones that may frame an extension. */
  readonly hostOrigins: readonly string[]
}

export interface SandboxOrigin {
  readonly of: (installationId: string) => string
  readonly frameUrl: (installationId: string, deploymentId: string) => string
  /** The origin a request came in on, by its host, if it is one of the sandbox. */
  readonly match: (host: string) => { readonly origin: string; readonly installationId: string | null } | undefined
}

const bad = (message: string): SoukError => new SoukError('NOT_CONFIGURED', message)

const parseOrigin = (name: string, value: unknown): URL => {
  if (typeof value === 'string' && URL.canParse(value)) {
    const url = new URL(value)
    if ((url.protocol === 'https:' || url.protocol === 'http:') && value.replace(/\/$/, '') === url.origin) return url
  }
  throw bad(`\`${name}\` is ${JSON.stringify(value)}. Pass an origin such as https://app.example.com, without a path.`)
}

/** Checks the sandbox settings, once, at start. */
export const createSandboxOrigin = ({ isolation, origin, hostOrigins }: SandboxOptions): SandboxOrigin => {
  if (isolation !== 'origin' && isolation !== 'opaque')
    throw bad(`\`sandbox.isolation\` is ${JSON.stringify(isolation)}. Pass 'origin' or 'opaque'.`)
  if (!Array.isArray(hostOrigins) || hostOrigins.length === 0)
    throw bad('`sandbox.hostOrigins` is empty. Pass the origins of the pages that mount extensions.')
  const hosts = hostOrigins.map((host) => parseOrigin('sandbox.hostOrigins', host))
  const wildcard = /^(https?:\/\/)\*(\..+)$/.exec(typeof origin === 'string' ? origin : '')
  if (isolation === 'origin' && !wildcard)
    throw bad(
      `\`sandbox.origin\` is ${JSON.stringify(origin)}. Give every installation its own origin with a star, such as https://*.sandbox.example, or use isolation: 'opaque'.`,
    )
  if (isolation === 'opaque' && wildcard)
    throw bad('`sandbox.origin` has a star, which opaque isolation does not use. Leave it out.')
  // A label of the right length stands in for the star, so that what cannot be a host name is refused here.
  const sample = 'a'.repeat(26)
  const base = parseOrigin('sandbox.origin', wildcard ? `${wildcard[1]}${sample}${wildcard[2]}` : origin)
  if (hosts.some((host) => host.origin === base.origin))
    throw bad(
      '`sandbox.origin` is one of `sandbox.hostOrigins`. Extensions must never stand on the origin of the product.',
    )

  const of = (installationId: string): string =>
    isolation === 'origin' ? base.origin.replace(sample, installationId) : base.origin
  return {
    of,
    frameUrl: (installationId, deploymentId) => `${of(installationId)}/frame/${installationId}/${deploymentId}`,
    match(host) {
      if (!/^[a-z0-9.:[\]-]{1,300}$/i.test(host) || !URL.canParse(`${base.protocol}//${host}`)) return undefined
      const url = new URL(`${base.protocol}//${host}`)
      if (isolation === 'opaque')
        return url.host === base.host ? { origin: base.origin, installationId: null } : undefined
      const label = url.host.slice(0, 26)
      return isId(label) && url.host === base.host.replace(sample, label)
        ? { origin: of(label), installationId: label }
        : undefined
    },
  }
}
