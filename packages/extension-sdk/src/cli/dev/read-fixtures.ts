import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isRecord, isRefusal, isString, type Parsed, refuse } from '../../protocol/parse'
import { SdkError } from '../../sdk-error'
import type { Fixtures } from './playground'

export const FIXTURES_FILE = 'souk.dev.json'

const KNOWN = ['context', 'surfaces', 'settings', 'hosts'] as const

const isValues = (value: unknown): boolean =>
  value === undefined ||
  (isRecord(value) && Object.values(value).every((item) => ['string', 'number', 'boolean'].includes(typeof item)))

const isLocal = (value: unknown): boolean =>
  isString(value) &&
  URL.canParse(value) &&
  /^https?:$/.test(new URL(value).protocol) &&
  ['localhost', '127.0.0.1', '[::1]'].includes(new URL(value).hostname)

/** Parses `souk.dev.json`. A name it does not know is a mistake, and refused. */
export const parseFixtures = (value: unknown): Parsed<Fixtures> => {
  if (!isRecord(value)) return refuse('It must be an object.')
  const unknown = Object.keys(value).find((key) => !KNOWN.some((known) => known === key))
  if (unknown) return refuse(`${unknown} is not one of ${KNOWN.join(', ')}.`)
  const { context, surfaces, settings, hosts } = value
  if (context !== undefined && !isRecord(context)) return refuse('context must be an object.')
  if (surfaces !== undefined && !(isRecord(surfaces) && Object.values(surfaces).every(isRecord)))
    return refuse('surfaces must hold a context for each kind of surface, such as { "record.widgets": { ... } }.')
  if (settings !== undefined && !(isRecord(settings) && isValues(settings.organization) && isValues(settings.user)))
    return refuse('settings must be { "organization": { ... }, "user": { ... } } with texts, numbers and booleans.')
  if (hosts !== undefined && !(isRecord(hosts) && Object.values(hosts).every(isLocal)))
    return refuse(
      'hosts must lead to addresses on this machine, such as { "api.example.com": "http://127.0.0.1:4000" }.',
    )
  // Each part was looked at above; the page looks at a context again before it uses it.
  return value as Fixtures
}

/** What the project says of the product around it. None when there is no file. */
export const readFixtures = async (cwd: string): Promise<Fixtures> => {
  const path = join(cwd, FIXTURES_FILE)
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}'
    throw error
  })
  const fixtures = parseFixtures(parseJson(text))
  if (isRefusal(fixtures)) throw new SdkError('CONFIG_INVALID', `${FIXTURES_FILE}: ${fixtures.refused} Correct it.`)
  return fixtures
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
