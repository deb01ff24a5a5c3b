import ipaddr from 'ipaddr.js'

/** Global unicast, the only part of IPv6 that reaches the internet: it leaves out `::a.b.c.d`, which some systems still route to IPv4. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3')

/** Whether an address is one of the public internet: not loopback, private, link-local, shared, reserved, tunnelled or multicast. */
export const isPublicAddress = (address: string): boolean => {
  if (!ipaddr.isValid(address)) return false
  // process() turns an IPv4 address dressed as IPv6 (::ffff:127.0.0.1) back into what it is.
  const parsed = ipaddr.process(address)
  return parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(GLOBAL_UNICAST))
}
