import type { Bundle } from '../contenders/bundle'

/** What every operation is given. */
export interface Stage {
  readonly bundle: Bundle
  /** The Deno program itself. */
  readonly deno: string
  /** A folder for what an operation writes. */
  readonly folder: string
  readonly isQuick: boolean
  readonly say: (text: string) => void
}
