import { base64url, decodeProtectedHeader, FlattenedEncrypt, flattenedDecrypt } from 'jose'
import { SoukError } from '../souk-error'

export interface SecretKey {
  /** Names the key inside what it sealed; give every new key a new id. */
  readonly id: string
  /** Base64 of 32 random bytes. */
  readonly key: string
}

export interface KeyRing {
  /** Seals everything new. */
  readonly current: SecretKey
  /** Still opens what they sealed. */
  readonly previous?: readonly SecretKey[]
}

export interface Sealer {
  seal(clear: string, boundTo: readonly string[]): Promise<string>
  /** @throws {SoukError} `NOT_CONFIGURED` when the text was sealed for another place, changed, or sealed with a key that is gone. */
  open(sealed: string, boundTo: readonly string[]): Promise<string>
  /** Whether the text names the current key, so that it need not be sealed again. */
  isCurrent(sealed: string): boolean
}

const KEY_ADVICE = "Make one with: node -p \"require('crypto').randomBytes(32).toString('base64')\""

const decodeKey = ({ id, key }: SecretKey): readonly [string, Uint8Array] => {
  const bytes = typeof key === 'string' ? Buffer.from(key, 'base64') : Buffer.alloc(0)
  if (typeof id !== 'string' || id.length === 0 || id.length > 100)
    throw new SoukError('NOT_CONFIGURED', 'A key in `secrets` has no id. Every key needs one of 1 to 100 characters.')
  if (bytes.length !== 32)
    throw new SoukError(
      'NOT_CONFIGURED',
      `The key ${id} in \`secrets\` holds ${bytes.length} bytes; 32 bytes as base64 are needed. ${KEY_ADVICE}`,
    )
  return [id, new Uint8Array(bytes)]
}

/**
 * Seals values with AES-256-GCM. The place a value belongs to is its additional authenticated data, so that a sealed text that was
 * copied to another row does not open there.
 */
export const createSealer = (ring: KeyRing): Sealer => {
  if (typeof ring?.current !== 'object' || ring.current === null)
    throw new SoukError('NOT_CONFIGURED', `\`secrets.current\` is missing; pass { id, key }. ${KEY_ADVICE}`)
  const current = decodeKey(ring.current)
  const keys = new Map([...(ring.previous ?? []).map(decodeKey), current])
  const encoder = new TextEncoder()
  const bind = (boundTo: readonly string[]) => encoder.encode(JSON.stringify(boundTo))

  return {
    async seal(clear, boundTo) {
      const {
        ciphertext,
        iv,
        tag,
        protected: header,
      } = await new FlattenedEncrypt(encoder.encode(clear))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: current[0] })
        .setAdditionalAuthenticatedData(bind(boundTo))
        .encrypt(current[1])
      // The additional data is left out on purpose: who opens has to know the place, not to read it from the text.
      return JSON.stringify({ protected: header, iv, ciphertext, tag })
    },

    isCurrent(sealed) {
      try {
        return decodeProtectedHeader(JSON.parse(sealed)).kid === current[0]
      } catch {
        return false
      }
    },

    async open(sealed, boundTo) {
      try {
        const jwe = { ...JSON.parse(sealed), aad: base64url.encode(bind(boundTo)) }
        const { plaintext } = await flattenedDecrypt(
          jwe,
          (header: { readonly kid?: unknown } | undefined) => {
            const id = String(header?.kid)
            const key = keys.get(id)
            if (!key) throw new Error(`no key with the id ${id.slice(0, 100)} is in the ring`)
            return key
          },
          { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] },
        )
        return new TextDecoder().decode(plaintext)
      } catch (cause) {
        throw new SoukError(
          'NOT_CONFIGURED',
          'A stored secret could not be opened with the configured keys. Enter it again in the settings of the app.',
          { cause },
        )
      }
    },
  }
}
