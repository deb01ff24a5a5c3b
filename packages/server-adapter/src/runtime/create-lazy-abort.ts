/** An `AbortController` in all but name. */
export interface LazyAbort {
  /** Made when it is first asked for, aborted if that was before. */
  readonly signal: AbortSignal
  /** Only the first time counts. The reason is made only if somebody looks at the signal, or has. */
  abort(reason: () => unknown): void
}

/**
 * Makes an end that costs nothing until somebody waits for it. Every call has one and few ask for it, while a controller that is aborted
 * with an error costs more than all the rest of a small call. Runs on both sides, so it uses neither Node nor Deno.
 */
export const createLazyAbort = (): LazyAbort => {
  let controller: AbortController | undefined
  let reasonOf: (() => unknown) | undefined
  return {
    get signal() {
      if (!controller) {
        controller = new AbortController()
        if (reasonOf) controller.abort(reasonOf())
      }
      return controller.signal
    },
    abort(reason) {
      if (reasonOf) return
      reasonOf = reason
      controller?.abort(reason())
    },
  }
}
