import type { RunningCalls } from './running-calls'
import type { ServiceContext } from './service-context'

/** Ends whatever runs for the installation. New calls look at the row, which has changed by now. */
export const stopCode = async (
  { runtime, onError }: ServiceContext,
  running: RunningCalls,
  installationId: string,
): Promise<void> => {
  running.stop(installationId)
  try {
    await runtime.unload(installationId)
  } catch (error) {
    onError(error, {})
  }
}
