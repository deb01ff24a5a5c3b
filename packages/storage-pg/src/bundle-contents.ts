/** Where the bytes of bundles stand when they do not stand in Postgres. Keys are ids: lower-case letters, digits and dashes. */
export interface BundleContents {
  /** Resolves once the bytes will be there for whoever asks. */
  put(key: string, content: Uint8Array): Promise<void>
  get(key: string): Promise<Uint8Array | null>
  /** Resolves also when there is nothing. */
  remove(key: string): Promise<void>
}
