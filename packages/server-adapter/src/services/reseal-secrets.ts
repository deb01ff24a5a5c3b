import { createSealer, type KeyRing } from '../crypto/create-sealer'
import type { PageOf, PageRequest, Storage } from '../storage'
import { clientPlace } from './connections/client-of'
import { credentialPlace } from './connections/credential'
import { secretPlace } from './settings'
import { webhookPlace } from './webhooks/sealed-webhook'

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
  readonly failed: readonly FailedSecret[]
}

/** Which secret: a setting, a connection or a webhook handler of an installation, or the OAuth client of an app. */
export type FailedSecret =
  | { readonly installationId: string; readonly userId: string | null; readonly key: string }
  | { readonly installationId: string; readonly connectionId: string }
  | { readonly appId: string; readonly definitionId: string }
  | { readonly installationId: string; readonly webhookHandlerId: string }

/** One sealed text, where it belongs, and how another takes its place. */
interface Sealed {
  readonly text: string
  readonly place: readonly string[]
  readonly about: FailedSecret
  /** @returns Whether it still was as it was read. */
  replace(sealed: string): Promise<boolean>
}

/**
 * Seals every stored secret with the current key, while the server serves: each is replaced only if it still is what was read.
 * When `failed` is empty, the previous keys are needed no more and may leave the ring.
 *
 * @throws {StorageError} `UNAVAILABLE`: run it again; it goes through what is left.
 */
export const resealSecrets = async ({ storage, secrets, signal }: ResealOptions): Promise<ResealReport> => {
  const sealer = createSealer(secrets)
  const failed: FailedSecret[] = []
  let resealed = 0
  let current = 0
  for (const list of sealedTexts(storage)) {
    for await (const { text, place, about, replace } of list) {
      signal?.throwIfAborted()
      if (sealer.isCurrent(text)) {
        current++
        continue
      }
      const clear = await sealer.open(text, place).catch(() => undefined)
      if (clear === undefined) failed.push(about)
      // Otherwise somebody wrote it meanwhile, with the current key, as every process has it.
      else if (await replace(await sealer.seal(clear, place))) resealed++
      else current++
    }
  }
  return { resealed, current, failed }
}

const sealedTexts = (storage: Storage): readonly AsyncIterable<Sealed>[] => [
  map(
    (page) => storage.settings.listSecrets(page),
    (row) => {
      const { installationId, userId, key } = row
      return {
        text: String(row.value),
        place: secretPlace(installationId, userId, key),
        about: { installationId, userId, key },
        replace: (sealed) => storage.settings.replaceSecret(row, sealed),
      }
    },
  ),
  map(
    (page) => storage.connections.listAll(page),
    (row) => ({
      text: row.sealed,
      place: credentialPlace(row),
      about: { installationId: row.installationId, connectionId: row.id },
      replace: async (sealed) =>
        (await storage.connections.change(row.organizationId, row.id, row.revision, {
          sealed,
          updatedAt: row.updatedAt,
        })) !== null,
    }),
  ),
  map(
    (page) => storage.oauthClients.listAll(page),
    (row) => {
      const { appId, definitionId, sealedSecret } = row
      return sealedSecret === null
        ? undefined
        : {
            text: sealedSecret,
            place: clientPlace(appId, definitionId),
            about: { appId, definitionId },
            replace: (sealed) => storage.oauthClients.replaceSecret(row, sealed),
          }
    },
  ),
  map(
    (page) => storage.webhookHandlers.listAll(page),
    (row) => ({
      text: row.sealed,
      place: webhookPlace(row),
      about: { installationId: row.installationId, webhookHandlerId: row.id },
      replace: (sealed) => storage.webhookHandlers.replaceSealed(row, sealed),
    }),
  ),
]

/** Goes through a list page by page. */
const map = async function* <T>(
  read: (page: PageRequest) => Promise<PageOf<T>>,
  toSealed: (row: T) => Sealed | undefined,
): AsyncIterable<Sealed> {
  let cursor: string | undefined
  do {
    const page = await read({ limit: 100, cursor })
    for (const row of page.items) {
      const sealed = toSealed(row)
      if (sealed) yield sealed
    }
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}
