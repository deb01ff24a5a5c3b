import type { AbuseProgram } from '../program'
import { ESCAPE } from './escape'
import { FLOODS } from './floods'
import { NETWORK } from './network'
import { PROCESS } from './process'
import { RESOURCES } from './resources'
import { SURROUNDINGS } from './surroundings'
import { TENANTS } from './tenants'

export const PROGRAMS: readonly AbuseProgram[] = [
  ...ESCAPE,
  ...SURROUNDINGS,
  ...NETWORK,
  ...TENANTS,
  ...RESOURCES,
  ...FLOODS,
  ...PROCESS,
]
