import { createContext, useContext } from 'react'
import { HostError } from '../host-error'
import type { DeveloperRoute } from './route'

export interface DeveloperState {
  readonly userId: string
  readonly go: (route: DeveloperRoute) => void
  readonly toast: (title: string, description?: string) => void
}

export const DeveloperContext = createContext<DeveloperState | null>(null)

export const useDeveloper = (): DeveloperState => {
  const state = useContext(DeveloperContext)
  if (!state)
    throw new HostError(
      'PROVIDER_MISSING',
      'A developer screen was rendered outside of DeveloperPortal, which knows who is looking. Render <DeveloperPortal /> instead.',
    )
  return state
}
