import type { HostContext } from '@souk/extension-sdk/protocol'
import { type ReactNode, useMemo } from 'react'
import type { SoukClient } from './api/souk-client'
import type { Registry } from './registry/create-registry'
import { type HostServices, SoukContext } from './souk-context'

export interface SoukProviderProps {
  readonly client: SoukClient
  readonly registry: Registry
  readonly context: HostContext
  readonly services: HostServices
  readonly children?: ReactNode
}

/** Holds what every surface and the marketplace need. One per page. */
export const SoukProvider = ({ client, registry, context, services, children }: SoukProviderProps) => {
  const souk = useMemo(() => ({ client, registry, context, services }), [client, registry, context, services])
  return <SoukContext.Provider value={souk}>{children}</SoukContext.Provider>
}
