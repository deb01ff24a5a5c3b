import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { StartupError } from './startup-error'

const key = z.string().regex(/^[A-Za-z0-9+/]{43}=$/)

const schema = z.object({
  /** Encrypts the secret settings of installations. Base64 of 32 bytes. */
  settingsKey: z.object({ id: z.string().min(1), key }),
  /** The key of the Northwind order service, which an admin types into the app's settings. */
  ordersApiKey: z.string().regex(/^nw_live_[a-z0-9]{32}$/),
})

export type Secrets = z.infer<typeof schema>

const generate = (): Secrets => ({
  settingsKey: { id: 'k1', key: randomBytes(32).toString('base64') },
  ordersApiKey: `nw_live_${randomBytes(16).toString('hex')}`,
})

/**
 * Reads the secrets of this data folder, making them on the first start.
 *
 * @throws {StartupError} When the file exists and cannot be understood: replacing it would make stored settings unreadable.
 */
export const loadSecrets = async (dataDir: string): Promise<Secrets> => {
  const path = join(dataDir, 'secrets.json')
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new StartupError(`${path} could not be read (${error.code}). Check who owns the file.`)
  })
  if (text !== undefined) return parseSecrets(text, path)
  const secrets = generate()
  await writeFile(path, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  return secrets
}

const parseSecrets = (text: string, path: string): Secrets => {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    throw new StartupError(
      `${path} is not a secrets file of Fernhill Desk. Restore it from a backup, or remove the data folder to start anew.`,
    )
  }
}
