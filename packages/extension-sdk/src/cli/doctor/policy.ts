type Policy = ReadonlyMap<string, readonly string[]>

/** The policies of a Content-Security-Policy header. What one of them forbids is forbidden. */
export type Policies = readonly Policy[]

export const parsePolicies = (header: string | undefined): Policies =>
  (header ?? '')
    .split(',')
    .map((policy) => {
      const directives = new Map<string, readonly string[]>()
      for (const directive of policy.split(';')) {
        const [name = '', ...values] = directive.trim().split(/\s+/)
        // As browsers do: of two directives with one name the first counts.
        if (name && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), values)
      }
      return directives
    })
    .filter((policy) => policy.size > 0)

/** The sources of the first directive of these that is there, in each policy that has one. */
export const sourcesOf = (policies: Policies, ...names: readonly string[]): readonly (readonly string[])[] =>
  policies.flatMap((policy) => {
    const found = names.map((name) => policy.get(name)).find(Boolean)
    return found ? [found] : []
  })

const isNone = (sources: readonly string[]): boolean =>
  sources.length === 0 || (sources.length === 1 && sources[0]?.toLowerCase() === "'none'")

/** Whether some policy allows nothing but these sources. */
export const allowsOnly = (policies: Policies, allowed: readonly string[], ...names: readonly string[]): boolean =>
  sourcesOf(policies, ...names).some(
    (sources) => isNone(sources) || sources.every((source) => allowed.includes(source)),
  )

export const forbids = (policies: Policies, ...names: readonly string[]): boolean =>
  sourcesOf(policies, ...names).some(isNone)

/** Whether a source of a policy lets this address through: an origin, `*.` before a domain, a scheme, or a star. */
export const sourceMatches = (source: string, address: URL): boolean => {
  if (source === '*') return /^(?:https?|wss?):$/.test(address.protocol)
  if (/^[a-z][a-z0-9+.-]*:$/i.test(source)) return source.toLowerCase() === address.protocol
  const [, scheme, host = '', port] =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/:]+)(?::(\d+|\*))?(?:\/.*)?$/i.exec(source) ?? []
  if (scheme && `${scheme.toLowerCase()}:` !== address.protocol) return false
  const ownPort = address.port || (address.protocol === 'https:' ? '443' : '80')
  const expectedPort = port ?? (address.protocol === 'https:' ? '443' : '80')
  if (expectedPort !== '*' && expectedPort !== ownPort) return false
  const name = host.toLowerCase()
  return name.startsWith('*.') ? address.hostname.endsWith(name.slice(1)) : address.hostname === name
}
