import type { Migration } from './migration'

/** Tables of this migration whose rows belong to an organization; see `0003-row-security`. */
export const CONNECTION_TENANT_TABLES = ['connection', 'oauth_state', 'app_value'] as const

const setting = (name: string) => `nullif(current_setting('souk.${name}', true), '')`
const PLATFORM = `current_setting('souk.scope', true) = 'platform'`

const policy = (s: string, table: string, visible: string): string =>
  `create policy tenant on ${s}.${table} using (${visible} or ${PLATFORM}) with check (${visible} or ${PLATFORM})`

/** Accounts of outside services, values that apps store, and more about each call. */
export const connections: Migration = {
  id: 5,
  name: 'connections',
  statements: (s) => {
    const ofOrganization = `organization_id = ${setting('organization_id')}`
    const ofInstallation = `exists (select 1 from ${s}.app_installation i where i.id = installation_id)`
    return [
      `create table ${s}.connection (
        id text collate "C" primary key,
        installation_id text collate "C" not null,
        organization_id text collate "C" not null,
        definition_id text collate "C" not null,
        user_id text collate "C",
        slot text collate "C" not null check (slot in ('', id)),
        label text not null,
        status text collate "C" not null check (status in ('active', 'expired')),
        variables json not null check (json_typeof(variables) = 'object'),
        sealed text not null,
        expires_at timestamptz(3),
        revision double precision not null check (revision >= 1),
        claimed_until timestamptz(3),
        created_by text collate "C" not null,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        seq bigint generated always as identity,
        constraint connection_installation_fkey foreign key (installation_id, organization_id)
          references ${s}.app_installation (id, organization_id),
        constraint connection_slot_key unique nulls not distinct (installation_id, definition_id, user_id, slot),
        unique (id, installation_id)
      )`,
      `create index connection_order_idx on ${s}.connection (created_at, seq)`,
      `create table ${s}.oauth_state (
        state_hash text collate "C" primary key check (state_hash ~ '^[0-9a-f]{64}$'),
        installation_id text collate "C" not null,
        organization_id text collate "C" not null,
        user_id text collate "C" not null,
        definition_id text collate "C" not null,
        connection_id text collate "C",
        sealed text not null,
        return_to text,
        expires_at timestamptz(3) not null,
        constraint oauth_state_installation_fkey foreign key (installation_id, organization_id)
          references ${s}.app_installation (id, organization_id)
      )`,
      `create index oauth_state_expires_idx on ${s}.oauth_state (expires_at)`,
      `create table ${s}.oauth_client (
        app_id text collate "C" not null references ${s}.app (id),
        definition_id text collate "C" not null,
        client_id text not null,
        sealed_secret text,
        updated_at timestamptz(3) not null,
        primary key (app_id, definition_id)
      )`,
      `create table ${s}.app_value (
        installation_id text collate "C" not null references ${s}.app_installation (id),
        connection_id text collate "C" not null,
        of_connection text collate "C" generated always as (nullif(connection_id, '')) stored,
        collection text collate "C" not null,
        key text collate "C" not null,
        value text not null,
        expires_at timestamptz(3),
        primary key (installation_id, connection_id, collection, key),
        constraint app_value_connection_fkey foreign key (of_connection, installation_id)
          references ${s}.connection (id, installation_id) on delete cascade
      )`,
      `create index app_value_connection_idx on ${s}.app_value (of_connection) where of_connection is not null`,
      `create index app_value_expires_idx on ${s}.app_value (expires_at) where expires_at is not null`,
      policy(s, 'connection', ofOrganization),
      policy(s, 'oauth_state', ofOrganization),
      policy(s, 'app_value', ofInstallation),
      // A table with triggers that refuse changes takes new columns only with defaults.
      `alter table ${s}.function_call
        add column app_id text collate "C",
        add column trace_id text collate "C" not null default '',
        add column argument_bytes double precision not null default 0 check (argument_bytes >= 0),
        add column result_bytes double precision not null default 0 check (result_bytes >= 0)`,
      `create function ${s}.fill_call_app() returns trigger language plpgsql as $$
        begin
          select i.app_id into new.app_id from ${s}.app_installation i where i.id = new.installation_id;
          return new;
        end
      $$`,
      `create trigger fill_call_app before insert on ${s}.function_call
        for each row execute function ${s}.fill_call_app()`,
      `alter table ${s}.function_call disable trigger refuse_change`,
      `update ${s}.function_call c set app_id = i.app_id from ${s}.app_installation i where i.id = c.installation_id`,
      `alter table ${s}.function_call enable trigger refuse_change`,
      `create index function_call_app_idx on ${s}.function_call (app_id, seq)`,
      `create index function_call_created_idx on ${s}.function_call (created_at)`,
      `create index function_call_trace_idx on ${s}.function_call (trace_id)`,
    ]
  },
}
