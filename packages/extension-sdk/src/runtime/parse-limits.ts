import { type BridgeLimits, DEFAULT_LIMITS } from '../protocol/limits'
import { isCount, isRecord } from '../protocol/parse'

/** The limits a product sent, with the defaults for those it did not. */
export const parseLimits = (value: unknown): BridgeLimits => {
  const limits: { -readonly [K in keyof BridgeLimits]: number } = { ...DEFAULT_LIMITS }
  if (!isRecord(value)) return limits
  for (const name of Object.keys(DEFAULT_LIMITS) as (keyof BridgeLimits)[]) {
    const limit = value[name]
    if (isCount(limit) && limit > 0) limits[name] = limit
  }
  return limits
}
