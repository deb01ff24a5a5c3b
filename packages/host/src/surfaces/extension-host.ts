import type { ActiveExtension, BridgeLimits, PlainRecord, PlainValue, SurfaceEntry } from '@souk/extension-sdk/protocol'
import type { ReportDiagnostic } from '../diagnostic'
import type { ConnectExtension } from '../frame/connect'
import { createFramePool } from '../frame/frame-pool'
import { HostError } from '../host-error'
import type { Souk } from '../souk-context'
import { createExtensionList, type ExtensionList } from './extension-list'
import { createExtensionSession, type SurfaceInstance } from './extension-session'
import { createOverlays, type Overlays } from './overlays'
import { createWidgets, type Widgets } from './widgets'

export interface ExtensionHostOptions {
  readonly souk: Souk
  readonly connect: ConnectExtension
  readonly limits: BridgeLimits
  readonly report: ReportDiagnostic
  readonly idleMs?: number
}

/** A surface of an installed extension that fits a place. */
export interface PlacedSurface {
  readonly extension: ActiveExtension
  readonly surface: SurfaceEntry
}

/** Everything behind one `SoukProvider`: what is installed, what runs, and what stands over the page. */
export interface ExtensionHost {
  readonly list: Pick<ExtensionList, 'get' | 'subscribe'>
  readonly overlays: Overlays
  readonly widgets: Widgets
  /** Takes the provider's props as they are now. */
  update(souk: Souk): void
  /** Loads what is installed. Returns what ends it and everything that runs; it can be started again. */
  start(): () => void
  draw(place: PlacedSurface, context: PlainRecord): SurfaceInstance
  /** Runs an action to its end, and gives what a step of a workflow gave. */
  trigger(place: PlacedSurface, context: PlainRecord): Promise<PlainValue>
  /** Asks a surface whether it is to be shown. It is not when it cannot say, which is reported. */
  shouldShow(place: PlacedSurface, context: PlainRecord, signal: AbortSignal): Promise<boolean>
  readonly report: ReportDiagnostic
}

export const createExtensionHost = (options: ExtensionHostOptions): ExtensionHost => {
  const { connect, limits, report } = options
  let { souk } = options
  const overlays = createOverlays()
  const pool = createFramePool({
    start: (extension, hold) =>
      createExtensionSession({ extension, getSouk: () => souk, connect, limits, overlays, report, hold }),
    ...(options.idleMs === undefined ? {} : { idleMs: options.idleMs }),
  })
  const list = createExtensionList(report, pool.sync)
  const widgets = createWidgets(({ extension }) => list.get().includes(extension))
  const call = ({ surface }: PlacedSurface, context: PlainRecord) => ({
    kind: surface.kind,
    surfaceId: surface.id,
    context,
  })

  return {
    list,
    overlays,
    widgets,
    report,
    update(next) {
      const hasNewContext = JSON.stringify(next.context) !== JSON.stringify(souk.context)
      souk = next
      if (hasNewContext) for (const session of pool.sessions()) session.updateContext(next.context)
    },
    start() {
      const stop = list.start(souk.client)
      return () => {
        stop()
        widgets.dispose()
        pool.dispose()
        overlays.dispose()
      }
    },
    draw(place, context) {
      const { session, release } = pool.acquire(place.extension)
      const instance = session.draw(call(place, context))
      return {
        ...instance,
        close() {
          instance.close()
          release()
        },
      }
    },
    async shouldShow(place, context, signal) {
      const { session, release } = pool.acquire(place.extension)
      try {
        return (await session.evaluate(call(place, context), 'shouldShow', signal)) === true
      } catch (error) {
        if (error instanceof HostError && error.code === 'METHOD_NOT_FOUND') return true
        if (!signal.aborted && error instanceof HostError)
          report({
            code: error.code,
            message: `${place.surface.label} is not offered because its shouldShow failed: ${error.message}`,
            appInstallationId: place.extension.appInstallationId,
          })
        return false
      } finally {
        release()
      }
    },
    async trigger(place, context) {
      const { session, release } = pool.acquire(place.extension)
      try {
        return await session.trigger(call(place, context))
      } finally {
        release()
      }
    },
  }
}

/** The surfaces of a kind for a record type, in the order of installation. */
export const placedSurfaces = (
  extensions: readonly ActiveExtension[],
  kind: string,
  recordType: unknown,
): readonly PlacedSurface[] =>
  extensions.flatMap((extension) =>
    extension.surfaces
      .filter((surface) => surface.kind === kind)
      .filter(({ recordTypes }) => !recordTypes || recordTypes.some((type) => type === recordType))
      .map((surface) => ({ extension, surface })),
  )
