import { fileURLToPath } from 'node:url'

export default {
  // They read files beside themselves, and Deno is a binary.
  serverExternalPackages: ['@souk/server-adapter', '@souk/storage-pg', '@electric-sql/pglite', 'deno'],
  turbopack: { root: fileURLToPath(new URL('../../..', import.meta.url)) },
}
