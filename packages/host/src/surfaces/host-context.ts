import { createContext, useContext } from 'react'
import { HostError } from '../host-error'
import type { ExtensionHost } from './extension-host'

export const ExtensionHostContext = createContext<ExtensionHost | null>(null)

export const useExtensionHost = (): ExtensionHost => {
  const host = useContext(ExtensionHostContext)
  if (!host)
    throw new HostError(
      'PROVIDER_MISSING',
      'A surface was rendered outside of SoukProvider, which runs the extensions. Put <SoukProvider> around the page.',
    )
  return host
}
