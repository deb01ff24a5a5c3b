import { SoukError } from '../souk-error'

/** What one call holds of the memory for uploads. */
export interface Hold {
  /** @throws {SoukError} `FUNCTION_OVERLOADED` when there is no room for so many bytes more. */
  add(bytes: number): void
  release(): void
}

export interface HeldBytes {
  begin(organizationId: string): Hold
}

const RETRY_AFTER_SECONDS = 5

/** Counts what this process holds of uploaded files, so that neither everybody together nor one organization fills its memory. */
export const createHeldBytes = ({
  total = 256 * 1024 * 1024,
  perOrganization = 64 * 1024 * 1024,
}: {
  readonly total?: number
  readonly perOrganization?: number
} = {}): HeldBytes => {
  const held = new Map<string, number>()
  let sum = 0

  return {
    begin(organizationId) {
      let own = 0
      return {
        add(bytes) {
          const ofOrganization = (held.get(organizationId) ?? 0) + bytes
          if (sum + bytes > total || ofOrganization > perOrganization)
            throw new SoukError('FUNCTION_OVERLOADED', 'Too many files are being sent. Try again in a moment.', {
              retryAfterSeconds: RETRY_AFTER_SECONDS,
            })
          own += bytes
          sum += bytes
          held.set(organizationId, ofOrganization)
        },
        release() {
          const left = (held.get(organizationId) ?? 0) - own
          if (left > 0) held.set(organizationId, left)
          else held.delete(organizationId)
          sum -= own
          own = 0
        },
      }
    },
  }
}
