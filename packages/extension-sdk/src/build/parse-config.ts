import type { AppListing } from '../protocol'
import { describe, isName, isRecord, isString, isStringArray, type Parsed, refuse } from '../protocol/parse'

/** What `souk.config.ts` holds, checked as far as the manifest does not check it. */
export interface ParsedConfig {
  readonly id: unknown
  readonly scopes: unknown
  readonly egressServer: unknown
  readonly listing: AppListing
}

const TEXTS = [
  'category',
  'avatarUrl',
  'overview',
  'contentHowItWorks',
  'contentConfigure',
  'websiteUrl',
  'documentationUrl',
  'supportUrl',
  'termsUrl',
] as const satisfies readonly (keyof AppListing)[]

const KEYS: readonly string[] = ['title', 'description', 'screenshots', 'tags', ...TEXTS]

const CONFIG_KEYS: readonly string[] = ['id', 'scopes', 'egress', 'listing']

const unknownKey = (value: Readonly<Record<string, unknown>>, known: readonly string[], at: string) => {
  const key = Object.keys(value).find((name) => !known.includes(name))
  return key === undefined ? undefined : `${at}${key} is not known. Use ${known.join(', ')}.`
}

const parseListing = (value: unknown): Parsed<AppListing> => {
  if (!isRecord(value)) return refuse(`listing must be an object with a title; received ${describe(value)}.`)
  const unknown = unknownKey(value, KEYS, 'listing.')
  if (unknown) return refuse(unknown)
  const { title, description = '', screenshots = [], tags = [] } = value
  if (!isName(title, 100)) return refuse('listing.title must be 1 to 100 characters.')
  if (!isString(description)) return refuse(`listing.description must be a text; received ${describe(description)}.`)
  if (!isStringArray(screenshots, 20)) return refuse('listing.screenshots must be an array of at most 20 URLs.')
  if (!isStringArray(tags, 10)) return refuse('listing.tags must be an array of at most 10 words, such as live-chat.')
  const texts: Record<string, string | null> = {}
  for (const key of TEXTS) {
    const text = value[key] ?? null
    if (text !== null && !isString(text))
      return refuse(`listing.${key} must be a text or null; received ${describe(text)}.`)
    texts[key] = text
  }
  // The loop above put a text or null under each of the other names.
  return { title, description, screenshots, tags, ...(texts as Record<(typeof TEXTS)[number], string | null>) }
}

/** Parses the default export of `souk.config.ts`. */
export const parseConfig = (value: unknown): Parsed<ParsedConfig> => {
  if (!isRecord(value)) return refuse('The default export must be defineConfig({ id, ... }).')
  const unknown = unknownKey(value, CONFIG_KEYS, '')
  if (unknown) return refuse(unknown)
  const { id, scopes = [], egress = {} } = value
  if (!isRecord(egress)) return refuse(`egress must be { server: [...] }; received ${describe(egress)}.`)
  const strange = unknownKey(egress, ['server'], 'egress.')
  if (strange) return refuse(strange)
  const listing = parseListing(value.listing)
  return 'refused' in listing ? listing : { id, scopes, egressServer: egress.server ?? [], listing }
}
