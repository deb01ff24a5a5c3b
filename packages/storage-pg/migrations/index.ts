import { initial } from './0001-initial'
import { rules } from './0002-rules'
import { rowSecurity } from './0003-row-security'
import { channels } from './0004-channels'
import { connections } from './0005-connections'
import { rolloutsAndAudit } from './0006-rollouts-and-audit'
import { people } from './0007-people'
import { webhooks } from './0008-webhooks'
import type { Migration } from './migration'

/** In the order they run. */
export const MIGRATIONS: readonly Migration[] = [
  initial,
  rules,
  rowSecurity,
  channels,
  connections,
  rolloutsAndAudit,
  people,
  webhooks,
]
