import { createThrottle, type ThrottleOptions } from './create-throttle'

/** Slows an extension that sends too much, in three steps: its messages wait, then nothing gets through, then it is ended. */
export interface Brake {
  /** Runs `work` now or in turn, or never, once the extension has been ended. */
  pass(bytes: number, work: () => void): void
  dispose(): void
}

export interface BrakeOptions extends Pick<ThrottleOptions, 'rate'> {
  readonly onFreeze: () => void
  readonly onThaw: () => void
  readonly onFlood: () => void
}

/** How much may wait, in seconds of the sustained rate, before nothing gets through. */
export const FREEZE_SECONDS = 5
/** How much may wait before the extension is ended. This also bounds what the frame keeps in memory. */
export const FLOOD_SECONDS = 10
/** How long a paused extension has to send nothing to go on. */
export const QUIET_MS = 2_000
/** How long it may stay paused while it does not fall silent. */
export const FROZEN_MS = 10_000
/** How often it may be paused before it is ended. */
export const MAX_FREEZES = 5
const CHECK_MS = 500

export const createBrake = ({ rate, onFreeze, onThaw, onFlood }: BrakeOptions): Brake => {
  const throttle = createThrottle({ rate })
  let freezes = 0
  let checks = 0
  let quietChecks = 0
  let timer: ReturnType<typeof setInterval> | undefined

  const thaw = () => {
    clearInterval(timer)
    timer = undefined
    onThaw()
    throttle.resume()
  }

  const check = () => {
    checks++
    quietChecks++
    if (quietChecks * CHECK_MS > QUIET_MS) thaw()
    else if (checks * CHECK_MS >= FROZEN_MS) onFlood()
  }

  const freeze = () => {
    if (++freezes > MAX_FREEZES) return onFlood()
    checks = quietChecks = 0
    throttle.pause()
    timer = setInterval(check, CHECK_MS)
    onFreeze()
  }

  return {
    pass(bytes, work) {
      quietChecks = 0
      throttle.run(bytes, work)
      const backlog = throttle.backlogSeconds()
      if (backlog > FREEZE_SECONDS && timer === undefined) freeze()
      if (backlog > FLOOD_SECONDS) onFlood()
    },
    dispose() {
      clearInterval(timer)
      throttle.dispose()
    },
  }
}
