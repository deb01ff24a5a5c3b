import type { BundleInfo } from '@souk/extension-sdk/protocol'
import { createId } from '../crypto/create-id'
import { sha256 as hash } from '../crypto/hash'
import type { Actor } from '../policy'
import { invalidInput, notFound, SoukError } from '../souk-error'
import type { BundleType } from '../storage'
import { audit } from './audit'
import { changedFields } from './changed-fields'
import { authorizeApp } from './developer-access'
import type { ServiceContext } from './service-context'

/** Bytes. */
export const MAX_BUNDLE_BYTES: Readonly<Record<BundleType, number>> = {
  client: 5 * 1024 * 1024,
  server: 10 * 1024 * 1024,
}

const toBundleInfo = ({ id, sha256, sizeBytes }: BundleInfo): BundleInfo => ({ id, sha256, sizeBytes })

/** The code of apps, stored once under its hash. */
export const createBundleService = (context: ServiceContext) => {
  const { storage, bundleQuotaBytes, now } = context

  return {
    async get(actor: Actor, slug: string, bundleType: BundleType, sha256: string): Promise<BundleInfo> {
      const app = await authorizeApp(context, actor, 'bundle.read', slug)
      const bundle = await storage.bundles.find(app.id, bundleType, sha256)
      if (!bundle) throw notFound('bundle')
      return toBundleInfo(bundle)
    },

    /** @param readContent Called only once the actor is known to own the app; it may read at most `MAX_BUNDLE_BYTES`. */
    async upload(
      actor: Actor,
      slug: string,
      bundleType: BundleType,
      announced: string,
      readContent: () => Promise<Uint8Array>,
    ): Promise<BundleInfo> {
      const app = await authorizeApp(context, actor, 'bundle.upload', slug)
      const content = await readContent()
      if (content.byteLength === 0) throw invalidInput('The bundle is empty. Send the bytes of the built file.')
      if (content.byteLength > MAX_BUNDLE_BYTES[bundleType])
        throw new SoukError(
          'PAYLOAD_TOO_LARGE',
          `The ${bundleType} bundle has ${content.byteLength} bytes; at most ${MAX_BUNDLE_BYTES[bundleType]} are allowed. Remove what it does not need.`,
        )
      const sha256 = hash(content)
      if (sha256 !== announced)
        throw new SoukError(
          'BUNDLE_HASH_MISMATCH',
          `The bytes received have the SHA-256 ${sha256}; the address announced another. Build again and upload what was built.`,
        )
      if (!isUtf8(content))
        throw invalidInput('The bundle is not UTF-8 text. Send the JavaScript file as it was built.')
      const bundle = await storage.bundles.put(
        { id: createId(), appId: app.id, bundleType, sha256, sizeBytes: content.byteLength, createdAt: now() },
        content,
        { appBytes: bundleQuotaBytes },
      )
      await audit(
        context,
        actor,
        'bundle.upload',
        { type: 'bundle', id: bundle.id, developerAccountId: app.developerAccountId },
        changedFields(null, { app: slug, bundleType, sha256, sizeBytes: bundle.sizeBytes }),
      )
      return toBundleInfo(bundle)
    },
  }
}

const isUtf8 = (content: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(content)
    return true
  } catch {
    return false
  }
}
