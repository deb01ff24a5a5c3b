import type { Migration } from './migration'

const rollouts = (s: string): readonly string[] => [
  `alter table ${s}.app_deployment
    add column rollout_percent integer not null default 100
      constraint app_deployment_rollout_percent_check check (rollout_percent between 1 and 100),
    add column rollout_since timestamptz(3),
    add column rollout_halted_at timestamptz(3),
    add column rollout_halt_code text collate "C"
      constraint app_deployment_rollout_code_check check (rollout_halt_code in ('ERROR_BUDGET_EXCEEDED', 'HALTED_BY_DEVELOPER')),
    add constraint app_deployment_rollout_check check ((rollout_halted_at is null) = (rollout_halt_code is null))`,
  // One version of an app at a time, so that it is plain which of them the failures speak of.
  `create unique index app_deployment_rolling_key on ${s}.app_deployment (app_id)
    where deployment_type = 'production' and status = 'published' and rollout_percent < 100 and rollout_halted_at is null`,
  `create index function_call_deployment_idx on ${s}.function_call (deployment_id, created_at)`,
]

/** What a newer version overwrote: the row as it was, under the deployment that replaced it. JSON null: there was none. */
const settings = (s: string): readonly string[] => [
  `alter table ${s}.app_setting
    add column replaced_by text collate "C" references ${s}.app_deployment (id),
    drop constraint app_setting_scope_key,
    add constraint app_setting_scope_key unique nulls not distinct (installation_id, user_id, key, replaced_by),
    drop constraint app_setting_value_check,
    add constraint app_setting_value_check check (json_typeof(value) in ('string', 'number', 'boolean')
      or (replaced_by is not null and json_typeof(value) = 'null'))`,
]

const audit = (s: string): readonly string[] => [
  `alter table ${s}.audit_entry
    add column developer_account_id text collate "C",
    add column changes json not null default '{}' constraint audit_entry_changes_check check (json_typeof(changes) = 'object')`,
  `create index audit_entry_account_idx on ${s}.audit_entry (developer_account_id, created_at desc, seq desc)
    where developer_account_id is not null`,
  `create index audit_entry_all_idx on ${s}.audit_entry (created_at desc, seq desc)`,
]

const catalogue = (s: string): readonly string[] => [
  `alter table ${s}.app
    add column tags text[] not null default '{}',
    add column install_count integer not null default 0`,
  `update ${s}.app a set install_count = (
    select count(*) from ${s}.app_installation i where i.app_id = a.id and i.uninstalled_at is null)`,
  // Counted where the row changes, so that whatever writes it, a restored export included, leaves the right number.
  `create function ${s}.count_installations() returns trigger language plpgsql as $$
    declare
      delta integer := (new.uninstalled_at is null)::integer;
    begin
      if tg_op = 'UPDATE' then
        delta := delta - (old.uninstalled_at is null)::integer;
      end if;
      if delta <> 0 then
        update ${s}.app set install_count = install_count + delta where id = new.app_id;
      end if;
      return null;
    end
  $$`,
  `create trigger count_installations after insert or update of uninstalled_at on ${s}.app_installation
    for each row execute function ${s}.count_installations()`,
  `create index app_tags_idx on ${s}.app using gin (tags)`,
  `create index app_published_newest_idx on ${s}.app ((-seq), sort_title, id) where publication_status = 'published'`,
  `create index app_published_installs_idx on ${s}.app ((-install_count), sort_title, id) where publication_status = 'published'`,
]

/** Versions that reach a part of the installations, settings that outlive a rollback, an audit log that says what changed, and tags. */
export const rolloutsAndAudit: Migration = {
  id: 6,
  name: 'rollouts-and-audit',
  statements: (s) => [...rollouts(s), ...settings(s), ...audit(s), ...catalogue(s)],
}
