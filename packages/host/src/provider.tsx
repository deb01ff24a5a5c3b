import { type BridgeLimits, DEFAULT_LIMITS, type HostContext } from '@souk/extension-sdk/protocol'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import type { SoukClient } from './api/souk-client'
import type { Diagnostic, ReportDiagnostic } from './diagnostic'
import { type ConnectExtension, connectFrame } from './frame/connect'
import type { Registry } from './registry/create-registry'
import { type HostServices, SoukContext } from './souk-context'
import { createExtensionHost } from './surfaces/extension-host'
import { ExtensionHostContext } from './surfaces/host-context'
import { OverlaysView } from './surfaces/overlays-view'
import { WidgetsView } from './surfaces/widgets-view'

export interface SoukProviderProps {
  readonly client: SoukClient
  readonly registry: Registry
  readonly context: HostContext
  /** Keep it stable between renders. */
  readonly services?: HostServices
  /** Told of what a developer should know, each with a code. Default: a warning in the console, in development only. */
  readonly onDiagnostic?: ReportDiagnostic
  /** What one extension may use. Read once. */
  readonly limits?: Partial<BridgeLimits>
  /** How a port to an extension is obtained: a sandboxed frame, unless a test brings its own. Read once. */
  readonly connect?: ConnectExtension
  readonly children?: ReactNode
}

const NO_SERVICES: HostServices = {}

const isDevelopment = (): boolean => {
  try {
    // Bundlers replace this expression; where nobody does, there is no `process`.
    return process.env.NODE_ENV !== 'production'
  } catch {
    return false
  }
}

const warn = ({ code, message, appInstallationId }: Diagnostic) => {
  if (isDevelopment()) console.warn(`[souk] ${code}${appInstallationId ? ` (${appInstallationId})` : ''}: ${message}`)
}

/** Runs the installed extensions of the signed-in user and draws what stands over the page. One per page. */
export const SoukProvider = (props: SoukProviderProps) => {
  const { client, registry, context, services = NO_SERVICES, onDiagnostic = warn, children } = props
  const souk = useMemo(() => ({ client, registry, context, services }), [client, registry, context, services])
  const report = useRef(onDiagnostic)
  const [host] = useState(() =>
    createExtensionHost({
      souk,
      connect: props.connect ?? connectFrame,
      limits: { ...DEFAULT_LIMITS, ...props.limits },
      report: (diagnostic) => report.current(diagnostic),
    }),
  )

  useEffect(() => {
    report.current = onDiagnostic
    host.update(souk)
  }, [host, souk, onDiagnostic])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another client, of another session, starts everything anew.
  useEffect(() => host.start(), [host, client])

  return (
    <SoukContext.Provider value={souk}>
      <ExtensionHostContext.Provider value={host}>
        {children}
        <WidgetsView widgets={host.widgets} report={host.report} />
        <OverlaysView overlays={host.overlays} registry={registry} report={host.report} />
      </ExtensionHostContext.Provider>
    </SoukContext.Provider>
  )
}
