import type { DeveloperAppTab, DeveloperRoute, ReviewRoute } from '@souk/host/developer'

const APP_TABS: readonly DeveloperAppTab[] = ['versions', 'listing', 'logs']

/** The address of a place among the developer screens. The token of an invitation never stands in it. */
export const toDeveloperPath = (route: DeveloperRoute): string => {
  switch (route.name) {
    case 'apps':
      return '/developer'
    case 'app':
      return `/developer/apps/${route.slug}/${route.tab}`
    case 'version':
      return `/developer/apps/${route.slug}/versions/${route.id}`
    case 'accounts':
      return '/developer/accounts'
    case 'account':
      return `/developer/accounts/${route.id}/${route.tab}`
    case 'invitation':
      return '/developer/invitation'
  }
}

/**
 * The place that an address means; the apps when it means none.
 *
 * @param hash What stands behind `#`: browsers send it to nobody, so a link may carry the token of an invitation there.
 */
export const fromDeveloperPath = (path: string, hash = ''): DeveloperRoute => {
  const [, section, id, tab, version] = path.split('/').filter(Boolean)
  if (section === 'invitation') return { name: 'invitation', ...(hash.length > 1 ? { token: hash.slice(1) } : {}) }
  if (section === 'accounts')
    return id ? { name: 'account', id, tab: tab === 'keys' ? 'keys' : 'members' } : { name: 'accounts' }
  if (section !== 'apps' || !id) return { name: 'apps' }
  if (tab === 'versions' && version) return { name: 'version', slug: id, id: version }
  return { name: 'app', slug: id, tab: APP_TABS.find((known) => known === tab) ?? 'versions' }
}

export const toReviewPath = (route: ReviewRoute): string => (route.name === 'queue' ? '/review' : `/review/${route.id}`)

export const fromReviewPath = (path: string): ReviewRoute => {
  const [, id] = path.split('/').filter(Boolean)
  return id ? { name: 'submission', id } : { name: 'queue' }
}
