import type { MeResponse } from '@souk/extension-sdk/protocol'
import { createContext, useContext } from 'react'
import { HostError } from '../host-error'
import type { MarketplaceRoute } from './route'

export interface MarketplaceState {
  readonly me: MeResponse
  readonly isAdmin: boolean
  readonly go: (route: MarketplaceRoute) => void
  readonly toast: (title: string, description?: string) => void
}

export const MarketplaceContext = createContext<MarketplaceState | null>(null)

export const useMarketplace = (): MarketplaceState => {
  const state = useContext(MarketplaceContext)
  if (!state)
    throw new HostError(
      'PROVIDER_MISSING',
      'A marketplace screen was rendered outside of Marketplace, which knows who is looking. Render <Marketplace /> instead.',
    )
  return state
}
