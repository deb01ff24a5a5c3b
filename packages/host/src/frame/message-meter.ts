import type { BridgeLimits } from '@souk/extension-sdk/protocol'

/** A page that was busy or asleep finds everything at once that the relay let through meanwhile. */
const PATIENCE_SECONDS = 60

/**
 * Counts what arrives on the port of a frame. The relay in the frame lets through no more than the limits; what comes in excess,
 * for longer than a page can have been busy, has not come through a relay.
 *
 * @param now Milliseconds on a clock that never goes back.
 */
export const createMessageMeter = (
  { messagesPerSecond, messageBurst }: Pick<BridgeLimits, 'messagesPerSecond' | 'messageBurst'>,
  onExcess: () => void,
  now: () => number = () => performance.now(),
) => {
  // The relay has notices and answers of its own, so this allows twice of what an extension may send.
  const perSecond = 2 * messagesPerSecond
  const most = 2 * messageBurst + perSecond * PATIENCE_SECONDS
  let tokens = most
  let countedAt = now()
  return {
    count() {
      const time = now()
      tokens = Math.min(most, tokens + ((time - countedAt) / 1_000) * perSecond) - 1
      countedAt = time
      if (tokens < 0) onExcess()
    },
  }
}
