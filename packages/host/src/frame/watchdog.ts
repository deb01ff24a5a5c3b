export interface WatchdogOptions {
  readonly ping: () => Promise<unknown>
  readonly onSilent: () => void
  readonly intervalMs?: number
  readonly deadlineMs?: number
}

/** Asks from time to time whether the extension still answers. The relay in the frame does so too; this holds if the relay fails. */
export const startWatchdog = ({ ping, onSilent, intervalMs = 15_000, deadlineMs = 15_000 }: WatchdogOptions) => {
  let deadline: ReturnType<typeof setTimeout> | undefined
  const interval = setInterval(() => {
    // The timers of a hidden page are slowed down, here and in the frame, so silence would prove nothing.
    if (deadline !== undefined || document.visibilityState === 'hidden') return
    deadline = setTimeout(onSilent, deadlineMs)
    const answered = () => {
      clearTimeout(deadline)
      deadline = undefined
    }
    // An answer that says no is an answer as well.
    ping().then(answered, answered)
  }, intervalMs)
  return {
    dispose() {
      clearInterval(interval)
      clearTimeout(deadline)
    },
  }
}
