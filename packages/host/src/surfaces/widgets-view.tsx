import type { PlainRecord } from '@souk/extension-sdk/protocol'
import { memo, Suspense, useEffect, useState, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import type { ReportDiagnostic } from '../diagnostic'
import { ErrorBoundary } from '../error-boundary'
import { useSouk } from '../souk-context'
import { SurfaceValuesContext } from '../surface-values'
import type { PlacedSurface } from './extension-host'
import type { SurfaceInstance } from './extension-session'
import { useExtensionHost } from './host-context'
import { PausableRoot } from './pausable-root'
import type { OpenWidget, Widgets } from './widgets'

interface WidgetsViewProps {
  readonly widgets: Widgets
  readonly report: ReportDiagnostic
}

/** Draws every widget of the page where its element stands. It stays mounted while the product moves the surface. */
export const WidgetsView = ({ widgets, report }: WidgetsViewProps) => {
  const open = useSyncExternalStore(widgets.subscribe, widgets.get, widgets.get)
  return (
    <>
      {open.map((widget) => (
        <WidgetPortal key={widget.key} widget={widget} report={report} />
      ))}
    </>
  )
}

const WidgetPortal = memo(({ widget, report }: { readonly widget: OpenWidget; readonly report: ReportDiagnostic }) =>
  createPortal(
    <ErrorBoundary
      onError={(reason) =>
        report({ code: 'COMPONENT_FAILED', message: `chrome.WidgetFrame threw while it was drawn: ${reason}` })
      }
    >
      {/* A component of the product that is still loading hides this widget, not the page. */}
      <Suspense fallback={null}>
        <Widget place={widget.place} context={widget.context} options={widget.options} />
      </Suspense>
    </ErrorBoundary>,
    widget.container,
  ),
)

const Widget = ({ place, context, options }: Pick<OpenWidget, 'place' | 'context' | 'options'>) => {
  const { registry } = useSouk()
  const { extension, surface } = place
  const shown = useSyncExternalStore(context.subscribe, context.get, context.get)
  const { isBare, onValuesChange } = useSyncExternalStore(options.subscribe, options.get, options.get)
  const { WidgetFrame } = registry.chrome
  const content = (
    <SurfaceValuesContext.Provider value={onValuesChange}>
      {extension.needsConfiguration ? (
        <registry.chrome.Notice
          title={`${extension.title} is not set up yet`}
          message="An administrator has to fill in its settings in the marketplace."
          code="NOT_CONFIGURED"
        />
      ) : (
        <RunningWidget extension={extension} surface={surface} context={shown} />
      )}
    </SurfaceValuesContext.Provider>
  )
  return isBare ? (
    content
  ) : (
    <WidgetFrame title={surface.label} appTitle={extension.title} avatarUrl={extension.avatarUrl}>
      {content}
    </WidgetFrame>
  )
}

const RunningWidget = ({ extension, surface, context }: PlacedSurface & { readonly context: PlainRecord }) => {
  const host = useExtensionHost()
  const { registry } = useSouk()
  const [attempt, setAttempt] = useState(0)
  const [instance, setInstance] = useState<SurfaceInstance | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new context updates the instance below; a new attempt makes a new one.
  useEffect(() => {
    const drawn = host.draw({ extension, surface }, context)
    setInstance(drawn)
    return () => {
      drawn.close()
      setInstance(null)
    }
  }, [host, extension, surface, attempt])

  useEffect(() => instance?.update(context), [instance, context])

  if (!instance) return <registry.chrome.Placeholder label={extension.title} />
  return (
    <PausableRoot
      store={instance.store}
      pause={instance.pause}
      registry={registry}
      appTitle={extension.title}
      onRetry={() => {
        instance.endIfPaused()
        setAttempt((count) => count + 1)
      }}
    />
  )
}
