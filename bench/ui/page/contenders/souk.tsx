import {
  type Chrome,
  createRegistry,
  type RegistryComponents,
  type SoukClient,
  SoukProvider,
  type StandardContract,
  Surface,
  standardContract,
} from '@souk/host'
import { createPortal } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { components } from '../components'
import { readConfig } from '../contender'
import { startPage } from '../start-page'

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

const { extension } = readConfig()
const client = {
  extensions: async () => [extension],
  subscribe: () => () => {},
  // The provider asks for nothing else.
} as unknown as SoukClient

const context = {
  theme: 'light',
  locale: 'en',
  timeZone: 'UTC',
  user: { id: 'user' },
  organization: { id: 'organization' },
} as const

const root = createRoot(document.createElement('div'))

const render = (container: HTMLElement | null) =>
  root.render(
    <SoukProvider
      client={client}
      registry={registry}
      context={context}
      onDiagnostic={({ code, message }) => console.warn(`${code}: ${message}`)}
    >
      {container
        ? createPortal(<Surface name="record.widgets" context={{ recordType: 'row', recordId: '1' }} />, container)
        : null}
    </SoukProvider>,
  )

/** The real path: the frame of the sandbox origin, its relay and worker, and the provider of a product. */
startPage({
  draw: (container) => render(container),
  erase: () => render(null),
  isTree: (data) => (data as { readonly type?: unknown } | null)?.type === 'render-component',
})
