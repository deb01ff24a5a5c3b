import type { Manifest } from '../protocol'
import { SdkError } from '../sdk-error'

/**
 * The id of a function: itself, or what a name alone means.
 *
 * @throws {SdkError} `CLI_USAGE` when there is none, or several.
 */
export const findFunction = ({ functions }: Pick<Manifest, 'functions'>, name: string): string => {
  const ids = functions.map(({ id }) => id)
  const found = ids.filter((id) => id === name || id.endsWith(`#${name}`))
  if (found.length === 1 && found[0]) return found[0]
  const known = ids.join(', ') || 'none'
  throw new SdkError(
    'CLI_USAGE',
    found.length > 1
      ? `Several functions are named ${name}: ${found.join(', ')}. Name the file, too.`
      : `There is no server function ${name}. There are: ${known}.`,
  )
}
