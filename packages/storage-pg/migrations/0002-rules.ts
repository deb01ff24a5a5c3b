import type { Migration } from './migration'

/** Bytes may stand in an object store; what no deployment uses may be removed, and nothing else. */
const bundles = (s: string): readonly string[] => [
  `alter table ${s}.app_bundle
    alter column content drop not null,
    add column uploaded_at timestamptz(3) not null default now(),
    drop constraint app_bundle_hash_check,
    add constraint app_bundle_hash_check check (
      sha256 ~ '^[0-9a-f]{64}$' and size_bytes >= 0
      and (content is null or (sha256 = encode(sha256(content), 'hex') and size_bytes = octet_length(content))))`,
  `create index app_bundle_uploaded_idx on ${s}.app_bundle (uploaded_at)`,
  // The keys that references are checked by when a bundle is removed.
  `create index app_deployment_client_bundle_idx on ${s}.app_deployment (client_bundle_id) where client_bundle_id is not null`,
  `create index app_deployment_server_bundle_idx on ${s}.app_deployment (server_bundle_id) where server_bundle_id is not null`,
  // Written before the bytes go to an object store and deleted with the bundle's insert: what stays here was never finished.
  `create table ${s}.bundle_upload (
    id text collate "C" primary key,
    app_id text collate "C" not null references ${s}.app (id),
    created_at timestamptz(3) not null
  )`,
  `create index bundle_upload_created_idx on ${s}.bundle_upload (created_at)`,
  `drop trigger refuse_change on ${s}.app_bundle`,
  `create function ${s}.guard_bundle() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' then
        if current_setting('souk.removing_unused', true) is distinct from 'on' then
          raise exception 'bundles are immutable' using errcode = 'integrity_constraint_violation', constraint = 'app_bundle_immutable';
        end if;
        return old;
      end if;
      if (new.id, new.app_id, new.bundle_type, new.sha256, new.size_bytes, new.created_at, new.content)
        is distinct from (old.id, old.app_id, old.bundle_type, old.sha256, old.size_bytes, old.created_at, old.content)
      then
        raise exception 'bundles are immutable' using errcode = 'integrity_constraint_violation', constraint = 'app_bundle_immutable';
      end if;
      return new;
    end
  $$`,
  `create trigger guard_bundle before update or delete on ${s}.app_bundle
    for each row execute function ${s}.guard_bundle()`,
]

const deployments = (s: string): readonly string[] => [
  `alter table ${s}.app_deployment
    add constraint app_deployment_manifest_check check (json_typeof(manifest) = 'object'),
    add constraint app_deployment_version_check check (version ~ '^[0-9]+[.][0-9]+[.][0-9]+'),
    add constraint app_deployment_queue_check
      check (status not in ('pending-review', 'in-review') or review_position is not null)`,
  // As in 0001, and in a transaction that restores an export a deployment may begin in any status.
  `create or replace function ${s}.guard_deployment() returns trigger language plpgsql as $$
    begin
      if tg_op = 'INSERT' then
        if new.status <> 'active' and current_setting('souk.restoring', true) is distinct from 'on' then
          raise exception 'a deployment begins as active'
            using errcode = 'integrity_constraint_violation', constraint = 'app_deployment_begins_active';
        end if;
        return new;
      end if;
      if (new.id, new.app_id, new.deployment_type, new.version, new.client_bundle_id, new.server_bundle_id,
          new.manifest::text, new.target_organization_id, new.release_notes, new.created_by, new.created_at, new.seq)
        is distinct from
         (old.id, old.app_id, old.deployment_type, old.version, old.client_bundle_id, old.server_bundle_id,
          old.manifest::text, old.target_organization_id, old.release_notes, old.created_by, old.created_at, old.seq)
      then
        raise exception 'deployments are immutable; only status and review fields move'
          using errcode = 'integrity_constraint_violation', constraint = 'app_deployment_immutable';
      end if;
      if new.status <> old.status and not ${s}.deployment_may_move(old.deployment_type, old.status, new.status) then
        raise exception 'a % deployment cannot go from % to %', old.deployment_type, old.status, new.status
          using errcode = 'integrity_constraint_violation', constraint = 'app_deployment_allowed_move';
      end if;
      return new;
    end
  $$`,
]

const installations = (s: string): readonly string[] => [
  `create function ${s}.guard_installation() returns trigger language plpgsql as $$
    begin
      if (new.id, new.app_id, new.organization_id, new.seq) is distinct from (old.id, old.app_id, old.organization_id, old.seq) then
        raise exception 'an installation stays that of its app and organization'
          using errcode = 'integrity_constraint_violation', constraint = 'app_installation_immutable';
      end if;
      return new;
    end
  $$`,
  `create trigger guard_installation before update on ${s}.app_installation
    for each row execute function ${s}.guard_installation()`,
  `alter table ${s}.installation_event add constraint installation_event_deployments_check check (
    (from_deployment_id is null) = (type in ('installed', 'reinstalled'))
    and (to_deployment_id is null) = (type = 'uninstalled'))`,
  // Secrets are re-sealed page by page, in the order of seq.
  `alter table ${s}.app_setting
    add column seq bigint generated always as identity,
    add constraint app_setting_secret_check check (not secret or json_typeof(value) = 'string')`,
  `create index app_setting_secret_idx on ${s}.app_setting (seq) where secret`,
]

/** What was written down is not rewritten. Old rows may be deleted, as a rule on how long logs are kept asks for. */
const logs = (s: string): readonly string[] => [
  ...['installation_event', 'function_call', 'audit_entry'].map(
    (table) => `create trigger refuse_change before update on ${s}.${table}
      for each row execute function ${s}.refuse_change()`,
  ),
  `alter table ${s}.function_call
    add constraint function_call_duration_check check (duration_ms >= 0),
    add constraint function_call_logs_check check (json_typeof(logs) = 'array'),
    add constraint function_call_error_check check (outcome = 'error' or error_code is null)`,
]

/** The words of the catalogue, found by their beginnings. Split here by ASCII alone, so that no locale has a say. */
const search = (s: string): readonly string[] => [
  `create function ${s}.search_words(folded text) returns tsvector language sql immutable strict parallel safe as $$
    select array_to_tsvector(array(
      select distinct left(word, 64)
      from unnest(string_to_array(regexp_replace(folded collate "C", '[\\x01-\\x2f\\x3a-\\x60\\x7b-\\x7f]+', ' ', 'g'), ' ')) word
      where word <> ''))
  $$`,
  // Stored, because a search ranks every app that it finds.
  `alter table ${s}.app
    add column title_words tsvector generated always as (${s}.search_words(sort_title)) stored,
    add column all_words tsvector generated always as (${s}.search_words(search_text)) stored`,
  `create index app_search_idx on ${s}.app using gin (all_words)`,
  `create index app_published_title_idx on ${s}.app (sort_title, id) where publication_status = 'published'`,
  `create index app_published_category_idx on ${s}.app (category, sort_title, id) where publication_status = 'published'`,
  `drop index ${s}.app_title_idx`,
  `drop index ${s}.app_category_idx`,
]

export const rules: Migration = {
  id: 2,
  name: 'rules',
  statements: (s) => [...bundles(s), ...deployments(s), ...installations(s), ...logs(s), ...search(s)],
}
