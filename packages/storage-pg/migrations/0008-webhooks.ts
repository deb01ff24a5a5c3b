import type { Migration } from './migration'

/** Tables of this migration whose rows belong to an organization; see `0003-row-security`. */
export const WEBHOOK_TENANT_TABLES = ['app_webhook_handler', 'webhook_event'] as const

const PLATFORM = `current_setting('souk.scope', true) = 'platform'`

const policy = (s: string, table: (typeof WEBHOOK_TENANT_TABLES)[number], visible: string): string =>
  `create policy tenant on ${s}.${table} using (${visible} or ${PLATFORM}) with check (${visible} or ${PLATFORM})`

/** URLs at which outside services reach apps, and the events that came by them. */
export const webhooks: Migration = {
  id: 8,
  name: 'webhooks',
  statements: (s) => [
    `create table ${s}.app_webhook_handler (
      id text collate "C" primary key,
      token_hash text collate "C" not null check (token_hash ~ '^[0-9a-f]{64}$')
        constraint app_webhook_handler_token_key unique,
      installation_id text collate "C" not null,
      organization_id text collate "C" not null,
      handler_id text collate "C" not null,
      connection_id text collate "C",
      trigger_id text collate "C",
      workflow_id text collate "C",
      external_webhook_id text collate "C",
      sealed text not null,
      is_active boolean not null,
      created_at timestamptz(3) not null,
      updated_at timestamptz(3) not null,
      seq bigint generated always as identity,
      constraint app_webhook_handler_installation_fkey foreign key (installation_id, organization_id)
        references ${s}.app_installation (id, organization_id),
      constraint app_webhook_handler_connection_fkey foreign key (connection_id, installation_id)
        references ${s}.connection (id, installation_id) on delete cascade,
      constraint app_webhook_handler_place_key unique nulls not distinct (installation_id, handler_id, connection_id)
    )`,
    `create index app_webhook_handler_order_idx on ${s}.app_webhook_handler (created_at, seq)`,
    `create index app_webhook_handler_connection_idx on ${s}.app_webhook_handler (connection_id)
      where connection_id is not null`,
    `create table ${s}.webhook_event (
      webhook_handler_id text collate "C" not null references ${s}.app_webhook_handler (id) on delete cascade,
      event_id text collate "C" not null,
      accepted_at timestamptz(3) not null,
      primary key (webhook_handler_id, event_id)
    )`,
    `create index webhook_event_accepted_idx on ${s}.webhook_event (accepted_at)`,
    policy(s, 'app_webhook_handler', `organization_id = nullif(current_setting('souk.organization_id', true), '')`),
    // The subquery sees only the handlers that the session may touch.
    policy(s, 'webhook_event', `exists (select 1 from ${s}.app_webhook_handler h where h.id = webhook_handler_id)`),
  ],
}
