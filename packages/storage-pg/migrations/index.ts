import { initial } from './0001-initial'
import type { Migration } from './migration'

/** In the order they run. */
export const MIGRATIONS: readonly Migration[] = [initial]
