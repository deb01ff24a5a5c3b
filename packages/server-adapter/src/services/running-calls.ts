/** The server function calls that run now, by installation, so that a change of the installation can end them at once. */
export interface RunningCalls {
  begin(installationId: string): { readonly signal: AbortSignal; end(): void }
  /** Aborts every call of the installation. */
  stop(installationId: string): void
}

export const createRunningCalls = (): RunningCalls => {
  const running = new Map<string, Set<AbortController>>()

  return {
    begin(installationId) {
      const controller = new AbortController()
      const calls = running.get(installationId) ?? new Set()
      running.set(installationId, calls.add(controller))
      return {
        signal: controller.signal,
        end() {
          calls.delete(controller)
          if (calls.size === 0 && running.get(installationId) === calls) running.delete(installationId)
        },
      }
    },
    stop(installationId) {
      const calls = running.get(installationId)
      running.delete(installationId)
      for (const controller of calls ?? []) controller.abort()
    },
  }
}
