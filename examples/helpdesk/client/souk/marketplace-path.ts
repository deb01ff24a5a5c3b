import type { InstallationTab, MarketplaceRoute } from '@souk/host/marketplace'

const TABS: readonly InstallationTab[] = ['page', 'settings', 'connections', 'update', 'history', 'manage']

/** The address of a place in the marketplace, so that it can be bookmarked and reached with the back button. */
export const toPath = (route: MarketplaceRoute): string => {
  switch (route.name) {
    case 'browse':
      return '/apps'
    case 'app':
      return `/apps/${route.slug}`
    case 'installed':
      return '/apps/installed'
    case 'installation':
      return `/apps/installed/${route.id}/${route.tab}`
  }
}

/** The place that an address means; the start of the marketplace when it means none. */
export const fromPath = (path: string): MarketplaceRoute => {
  const [section, first, id, tab] = path.split('/').filter(Boolean)
  if (section !== 'apps' || !first) return { name: 'browse' }
  if (first !== 'installed') return { name: 'app', slug: first }
  if (!id) return { name: 'installed' }
  return { name: 'installation', id, tab: TABS.find((known) => known === tab) ?? 'settings' }
}
