import { createSealer, type KeyRing } from '../crypto/create-sealer'
import type { SettingRecord, Storage } from '../storage'
import { secretPlace } from './settings'

export interface ResealOptions {
  readonly storage: Storage
  /** The ring with the new key as `current` and every older one in `previous`. All processes must run with it before this begins. */
  readonly secrets: KeyRing
  /** Ends it between two secrets; what was sealed again stays so, and the next run goes on. */
  readonly signal?: AbortSignal
}

export interface ResealReport {
  /** Sealed again with the current key. */
  readonly resealed: number
  /** Sealed with it already, or written anew meanwhile. */
  readonly current: number
  /** Not opened by any key of the ring. Keep the key that sealed them, or have them entered again. */
  readonly failed: readonly Pick<SettingRecord, 'installationId' | 'userId' | 'key'>[]
}

/**
 * Seals every stored secret with the current key, while the server serves: each is replaced only if it still is what was read.
 * When `failed` is empty, the previous keys are needed no more and may leave the ring.
 *
 * @throws {StorageError} `UNAVAILABLE`: run it again; it goes through what is left.
 */
export const resealSecrets = async ({ storage, secrets, signal }: ResealOptions): Promise<ResealReport> => {
  const sealer = createSealer(secrets)
  const failed: ResealReport['failed'][number][] = []
  let resealed = 0
  let current = 0
  let cursor: string | undefined
  do {
    const page = await storage.settings.listSecrets({ limit: 100, cursor })
    for (const secret of page.items) {
      signal?.throwIfAborted()
      const { installationId, userId, key } = secret
      const sealed = String(secret.value)
      if (sealer.isCurrent(sealed)) {
        current++
        continue
      }
      const place = secretPlace(installationId, userId, key)
      const clear = await sealer.open(sealed, place).catch(() => undefined)
      if (clear === undefined) failed.push({ installationId, userId, key })
      // Otherwise somebody wrote it meanwhile, with the current key, as every process has it.
      else if (await storage.settings.replaceSecret(secret, await sealer.seal(clear, place))) resealed++
      else current++
    }
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return { resealed, current, failed }
}
