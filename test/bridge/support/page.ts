import { type ActiveExtension, type BridgeLimits, CAPABILITIES } from '@souk/extension-sdk/protocol'
import {
  type ConnectExtension,
  type Diagnostic,
  type HostServices,
  type Registry,
  type SoukClient,
  SoukProvider,
  Surface,
} from '@souk/host'
import { type ComponentProps, createElement as h, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { defineApp } from '../../../packages/extension-sdk/src/app/define-app'
import type { App, RecordContext } from '../../../packages/extension-sdk/src/app/surfaces'
import { startExtension } from '../../../packages/extension-sdk/src/runtime/start-extension'
import { type Crossing, createPipe, type Pipe } from './pipe'

export const hostContext = {
  theme: 'light',
  locale: 'en-GB',
  timeZone: 'UTC',
  user: { id: 'u1' },
  organization: { id: 'o1' },
} as const

export const record = { recordType: 'ticket', recordId: '7' } as const

/** An installed extension with one widget, which the product shows as `<article aria-label={label}>`. */
export const installed = (id: string, changes: Partial<ActiveExtension> = {}): ActiveExtension => ({
  appId: `app-${id}`,
  appInstallationId: id,
  deploymentId: `dep-${id}`,
  slug: id,
  title: id,
  avatarUrl: null,
  version: '1.0.0',
  isolation: 'origin',
  frameUrl: `http://${id}.localhost/frame`,
  surfaces: [{ kind: 'record.widgets', id: 'main', label: id }],
  grantedScopes: [],
  settings: { organization: {}, user: {} },
  needsConfiguration: false,
  ...changes,
})

export const widgetApp = (component: (props: RecordContext) => unknown): App =>
  // A component of another React version returns nodes that this one's types do not know.
  defineApp({ record: { widgets: [{ id: 'main', label: 'Main', component: component as () => null }] } })

/** Runs each extension by the real runtime in this realm, at the other end of a pipe. */
export const createRuntimes = (apps: Readonly<Record<string, App>>, onCross?: (crossing: Crossing) => void) => {
  const pipes: Pipe[] = []
  const refusals: string[] = []
  const connect: ConnectExtension = ({ extension, onConnect }) => {
    const pipe = createPipe(onCross)
    pipes.push(pipe)
    const running = startExtension({
      app: apps[extension.appInstallationId] ?? {},
      port: pipe.extension,
      identity: extension,
      onRefused: (sentence) => refusals.push(sentence),
    })
    queueMicrotask(() => onConnect(pipe.host, 1, CAPABILITIES))
    return { dispose: () => running.dispose() }
  }
  return {
    connect,
    refusals,
    sent: () => pipes.reduce((sum, pipe) => sum + pipe.sent(), 0),
    listeners: () =>
      pipes.map((pipe) => pipe.listeners()).reduce((sum, { host, extension }) => sum + host + extension, 0),
  }
}

export interface PageOptions {
  readonly connect: ConnectExtension
  readonly registry: Registry
  readonly extensions: readonly ActiveExtension[]
  readonly strict?: boolean
  readonly limits?: Partial<BridgeLimits>
  readonly client?: Partial<SoukClient>
  readonly services?: HostServices
  /** Instead of every widget: what the product shows. */
  readonly surface?: ComponentProps<typeof Surface>
  readonly onDiagnostic?: (diagnostic: Diagnostic) => void
}

/** A page of a product that shows every installed widget. */
export const mountPage = ({
  connect,
  registry,
  extensions,
  strict = false,
  limits,
  client = {},
  services = {},
  surface,
  onDiagnostic,
}: PageOptions) => {
  const diagnostics: Diagnostic[] = []
  const changed = new Set<() => void>()
  let current = extensions
  const container = document.body.appendChild(document.createElement('div'))
  const root = createRoot(container)
  // Only what a surface uses of the client.
  const soukClient = {
    extensions: async () => current,
    subscribe(listener: () => void) {
      changed.add(listener)
      return () => void changed.delete(listener)
    },
    ...client,
  } as SoukClient
  let theme: 'light' | 'dark' = 'light'
  let isShown = true
  let context: { readonly recordType: 'ticket'; readonly recordId: string } = record
  const draw = () => {
    const page = h(
      SoukProvider,
      {
        client: soukClient,
        registry,
        connect,
        context: { ...hostContext, theme },
        services,
        ...(limits ? { limits } : {}),
        onDiagnostic(diagnostic) {
          diagnostics.push(diagnostic)
          onDiagnostic?.(diagnostic)
        },
      },
      isShown ? h(Surface, surface ?? { name: 'record.widgets', context }) : null,
    )
    root.render(strict ? h(StrictMode, null, page) : page)
  }
  draw()
  return {
    container,
    diagnostics,
    show(shown: boolean, recordId = context.recordId) {
      isShown = shown
      if (recordId !== context.recordId) context = { ...record, recordId }
      draw()
    },
    setTheme(next: 'light' | 'dark') {
      theme = next
      draw()
    },
    /** Changes what is installed, as another tab of the marketplace would. */
    install(next: readonly ActiveExtension[]) {
      current = next
      for (const listener of [...changed]) listener()
    },
    /** Where the extension draws; the page itself before it does. */
    widget: (id: string): Element =>
      container.querySelector(`article[aria-label="${id}"], article[aria-label^="${id} "]`) ?? container,
    unmount() {
      root.unmount()
      container.remove()
    },
  }
}
