import type { Attack } from '../attack'
import { escapes } from './escape'
import { userInterface } from './interface'
import { network } from './network'
import { page } from './page'
import { protocol } from './protocol'
import { resources } from './resources'
import { server } from './server'
import { storage } from './storage'

/** Every attack there is. An id is for ever: tables and issues name it. */
export const attacks: readonly Attack[] = [
  ...network,
  ...storage,
  ...page,
  ...protocol,
  ...userInterface,
  ...resources,
  ...server,
  ...escapes,
]
