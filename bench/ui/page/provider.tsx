import type { ActiveExtension } from '@souk/extension-sdk/protocol'
import {
  type Chrome,
  createRegistry,
  type RegistryComponents,
  type SoukClient,
  SoukProvider,
  type StandardContract,
  standardContract,
} from '@souk/host'
import type { ReactNode } from 'react'
import { components } from './components'

const Nothing = () => null

const chrome: Chrome = {
  Dialog: Nothing,
  ConfirmDialog: Nothing,
  Toasts: Nothing,
  Placeholder: Nothing,
  Notice: ({ code, message }) => (
    <p role="alert">
      {code}: {message}
    </p>
  ),
  WidgetFrame: ({ children }) => <>{children}</>,
}

const registry = createRegistry({
  contract: standardContract,
  components: {
    ...Object.fromEntries(Object.keys(standardContract.components).map((name) => [name, Nothing])),
    ...components,
    // The components that the app does not use draw nothing; the types of those it uses are those of the app.
  } as unknown as RegistryComponents<StandardContract>,
  chrome,
})

const createClient = (extensions: readonly ActiveExtension[]) =>
  ({
    extensions: async () => extensions,
    subscribe: () => () => {},
    // The provider asks for nothing else.
  }) as unknown as SoukClient

const context = {
  theme: 'light',
  locale: 'en',
  timeZone: 'UTC',
  user: { id: 'user' },
  organization: { id: 'organization' },
} as const

/** The provider of a product with these installations, whose frames are those of the real sandbox. */
export const createProvider = (extensions: readonly ActiveExtension[]) => {
  const client = createClient(extensions)
  return ({ children }: { readonly children: ReactNode }) => (
    <SoukProvider
      client={client}
      registry={registry}
      context={context}
      onDiagnostic={({ code, message }) => console.warn(`${code}: ${message}`)}
    >
      {children}
    </SoukProvider>
  )
}
