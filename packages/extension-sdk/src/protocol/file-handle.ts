/**
 * What an extension holds of a file that the user chose: what it is called, never what is in it. The host keeps the file itself, and sends it
 * along with a call of a server function whose arguments hold the handle.
 */
export interface FileHandle {
  /** Cannot be guessed, and is worth nothing outside of the page and the installation it was given to. */
  readonly id: string
  /** Without a path. */
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** The media type that the browser takes it for, such as `text/csv`; empty when it has no idea. */
  readonly type: string
}

/** A file on its way to a server function, as the host sends it. */
export interface CallFile extends Pick<FileHandle, 'id' | 'name' | 'type'> {
  readonly bytes: Uint8Array
}

/** What one call may bring along. The host and the server each check it. */
export const FILE_LIMITS = {
  filesPerCall: 10,
  fileBytes: 10 * 1024 * 1024,
  /** Of all files of one call together. */
  callBytes: 20 * 1024 * 1024,
  /** How long a handle is good for after the file was chosen. */
  handleMs: 60 * 60_000,
} as const

const PREFIX = 'souk-file:'
const HANDLE_ID = /^souk-file:[A-Za-z0-9_-]{43}$/
const HANDLE_IDS = /"(souk-file:[A-Za-z0-9_-]{43})"/g

/** The id of a handle from 32 random bytes in base64url. */
export const toFileId = (random: string): string => `${PREFIX}${random}`

export const isFileId = (value: unknown): value is string => typeof value === 'string' && HANDLE_ID.test(value)

/**
 * The ids of the handles in arguments that `encodeValue` wrote, each once. They consist of characters that JSON leaves as they are, so a text that
 * hides one behind an escape has none, and the function finds no file.
 */
export const fileIdsIn = (args: string): readonly string[] =>
  // Most calls have none, and cost no more than this.
  args.includes(`"${PREFIX}`) ? [...new Set([...args.matchAll(HANDLE_IDS)].map(([, id]) => id as string))] : []

const MAX_NAME_LENGTH = 255
const MEDIA_TYPE = /^[\w!#$&^.+-]{1,60}\/[\w!#$&^.+-]{1,120}$/

/** The name of a file without the folders before it, and without what would not show or would turn what follows around. */
export const toFileName = (name: string): string => {
  const own = name.replace(/^.*[/\\]/s, '').replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
  const [base, extension] = splitName(own)
  const shown = `${base.slice(0, MAX_NAME_LENGTH - extension.length)}${extension}`.trim()
  return /^\.*$/.test(shown) ? 'file' : shown
}

const splitName = (name: string): readonly [string, string] => {
  const dot = name.lastIndexOf('.')
  return dot > 0 && name.length - dot <= 20 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
}

/** The media type without its parameters; empty when it is none. */
export const toMediaType = (type: string): string => {
  const [own = ''] = type.split(';', 1)
  const plain = own.trim().toLowerCase()
  return MEDIA_TYPE.test(plain) ? plain : ''
}

/**
 * Whether a file is one of those that are asked for: `.csv`, `text/csv` or `image/*`, as in the `accept` of an input.
 *
 * Name and type are what the user's computer says of the file. What is in it, its reader has to check.
 */
export const isAcceptedFile = (
  accept: readonly string[] | undefined,
  { name, type }: Pick<FileHandle, 'name' | 'type'>,
): boolean =>
  accept === undefined ||
  accept.length === 0 ||
  accept.some((wanted) => {
    const rule = wanted.trim().toLowerCase()
    if (rule.startsWith('.')) return name.toLowerCase().endsWith(rule)
    return rule.endsWith('/*') ? type.startsWith(rule.slice(0, -1)) : type === rule
  })
