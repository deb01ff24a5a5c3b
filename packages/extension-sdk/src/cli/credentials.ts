import { randomUUID } from 'node:crypto'
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import { isRecord, isString } from '../protocol/parse'
import { SdkError } from '../sdk-error'

/** What `souk login` keeps of one marketplace. */
export interface Credential {
  readonly key: string
  readonly name: string
  readonly scope: string
  /** ISO 8601 in UTC. */
  readonly expiresAt: string
}

export interface Credentials {
  /** The marketplace that was logged in to last: what commands speak to when nothing else is named. */
  readonly current: string | null
  /** By the URL of the API. */
  readonly marketplaces: Readonly<Record<string, Credential>>
}

const EMPTY: Credentials = { current: null, marketplaces: {} }

/** The file of the keys: in `XDG_CONFIG_HOME`, on Windows in `APPDATA`, or else in `~/.config`. */
export const credentialsFile = (env: NodeJS.ProcessEnv = process.env): string => {
  // The XDG specification: a relative path is to be ignored.
  const named = [env.XDG_CONFIG_HOME, process.platform === 'win32' ? env.APPDATA : undefined].find(
    (folder) => folder !== undefined && isAbsolute(folder),
  )
  return join(named ?? join(env.HOME || homedir(), '.config'), 'souk', 'credentials.json')
}

/** @throws {SdkError} `CONFIG_INVALID` when the file is there and cannot be understood. */
export const readCredentials = async (env: NodeJS.ProcessEnv = process.env): Promise<Credentials> => {
  const file = credentialsFile(env)
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new SdkError(
      'CONFIG_INVALID',
      `${file} cannot be read. Check who owns it, or remove it and run souk login.`,
      {
        cause: error,
      },
    )
  })
  return text === undefined ? EMPTY : parseCredentials(text, file)
}

/** Writes the file as a whole, for its owner alone: another process sees the old one or the new one, nobody else sees either. */
export const writeCredentials = async (
  credentials: Credentials,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> => {
  const file = credentialsFile(env)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const next = `${file}.${randomUUID()}`
  try {
    // The mode of a new file is narrowed by the umask, never widened; `wx` follows no link that somebody laid.
    await writeFile(next, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
    await chmod(next, 0o600)
    await rename(next, file)
  } catch (error) {
    await rm(next, { force: true })
    throw error
  }
  return file
}

const parseCredentials = (text: string, file: string): Credentials => {
  const invalid = (cause?: unknown) =>
    new SdkError('CONFIG_INVALID', `${file} is not what souk login writes. Remove it and run souk login again.`, {
      cause,
    })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw invalid(error)
  }
  if (!isRecord(value) || !isRecord(value.marketplaces)) throw invalid()
  const entries = Object.entries(value.marketplaces).map(([url, credential]) => {
    if (!isCredential(credential)) throw invalid()
    return [url, credential] as const
  })
  return { current: isString(value.current) ? value.current : null, marketplaces: Object.fromEntries(entries) }
}

const isCredential = (value: unknown): value is Credential =>
  isRecord(value) && [value.key, value.name, value.scope, value.expiresAt].every(isString)
