-- Generated from a migrated database: npm run schema -w @souk/storage-pg

create schema souk;

create sequence souk.review_position_seq;

CREATE OR REPLACE FUNCTION souk.count_installations()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    declare
      delta integer := (new.uninstalled_at is null)::integer;
    begin
      if tg_op = 'UPDATE' then
        delta := delta - (old.uninstalled_at is null)::integer;
      end if;
      if delta <> 0 then
        update souk.app set install_count = install_count + delta where id = new.app_id;
      end if;
      return null;
    end
  $function$;

CREATE OR REPLACE FUNCTION souk.deployment_may_move(deployment_type text, from_status text, to_status text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$
      select (deployment_type, from_status, to_status) in (
        ('development', 'active', 'deprecated'),
        ('production', 'active', 'pending-review'),
        ('production', 'pending-review', 'in-review'),
        ('production', 'pending-review', 'withdrawn'),
        ('production', 'pending-review', 'approved'),
        ('production', 'in-review', 'approved'),
        ('production', 'in-review', 'rejected'),
        ('production', 'approved', 'published'),
        ('production', 'rejected', 'pending-review'),
        ('production', 'withdrawn', 'pending-review'),
        ('production', 'published', 'deprecated'),
        ('production', 'deprecated', 'published')
      )
    $function$;

CREATE OR REPLACE FUNCTION souk.fill_call_app()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        begin
          select i.app_id into new.app_id from souk.app_installation i where i.id = new.installation_id;
          return new;
        end
      $function$;

CREATE OR REPLACE FUNCTION souk.guard_bundle()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
  $function$;

CREATE OR REPLACE FUNCTION souk.guard_deployment()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
      if new.status <> old.status and not souk.deployment_may_move(old.deployment_type, old.status, new.status) then
        raise exception 'a % deployment cannot go from % to %', old.deployment_type, old.status, new.status
          using errcode = 'integrity_constraint_violation', constraint = 'app_deployment_allowed_move';
      end if;
      return new;
    end
  $function$;

CREATE OR REPLACE FUNCTION souk.guard_installation()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      if (new.id, new.app_id, new.organization_id, new.seq) is distinct from (old.id, old.app_id, old.organization_id, old.seq) then
        raise exception 'an installation stays that of its app and organization'
          using errcode = 'integrity_constraint_violation', constraint = 'app_installation_immutable';
      end if;
      return new;
    end
  $function$;

CREATE OR REPLACE FUNCTION souk.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      raise exception 'rows of % are immutable', tg_table_name
        using errcode = 'integrity_constraint_violation', constraint = tg_table_name || '_immutable';
    end
  $function$;

CREATE OR REPLACE FUNCTION souk.search_words(folded text)
 RETURNS tsvector
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
    select array_to_tsvector(array(
      select distinct left(word, 64)
      from unnest(string_to_array(regexp_replace(folded collate "C", '[\x01-\x2f\x3a-\x60\x7b-\x7f]+', ' ', 'g'), ' ')) word
      where word <> ''))
  $function$;

create table souk.api_key (
  id text collate "C" not null,
  developer_account_id text collate "C" not null,
  user_id text collate "C" not null,
  name text not null,
  key_hash text collate "C" not null,
  created_at timestamp(3) with time zone not null,
  revoked_at timestamp(3) with time zone,
  seq bigint generated always as identity not null,
  scopes text[] default '{read,deploy,publish}'::text[] not null,
  expires_at timestamp(3) with time zone
);

create table souk.app (
  id text collate "C" not null,
  slug text collate "C" not null,
  developer_account_id text collate "C" not null,
  title text not null,
  description text not null,
  category text collate "C",
  avatar_url text,
  overview text,
  content_how_it_works text,
  content_configure text,
  screenshots text[] not null,
  website_url text,
  documentation_url text,
  support_url text,
  terms_url text,
  publication_status text not null,
  review_status text,
  has_bundle boolean not null,
  auto_approve boolean not null,
  verified boolean not null,
  created_at timestamp(3) with time zone not null,
  sort_title text collate "C" not null,
  search_text text not null,
  seq bigint generated always as identity not null,
  title_words tsvector generated always as (souk.search_words(sort_title)) stored,
  all_words tsvector generated always as (souk.search_words(search_text)) stored,
  tags text[] default '{}'::text[] not null,
  install_count integer default 0 not null
);

create table souk.app_bundle (
  id text collate "C" not null,
  app_id text collate "C" not null,
  bundle_type text collate "C" not null,
  sha256 text collate "C" not null,
  size_bytes integer not null,
  content bytea,
  created_at timestamp(3) with time zone not null,
  uploaded_at timestamp(3) with time zone default now() not null
);

create table souk.app_deployment (
  id text collate "C" not null,
  app_id text collate "C" not null,
  deployment_type text collate "C" not null,
  version text collate "C" not null,
  client_bundle_id text collate "C",
  server_bundle_id text collate "C",
  client_bundle_type text collate "C" generated always as ('client'::text) stored,
  server_bundle_type text collate "C" generated always as ('server'::text) stored,
  manifest json not null,
  target_organization_id text collate "C",
  status text collate "C" not null,
  release_notes text,
  created_by text collate "C" not null,
  created_at timestamp(3) with time zone not null,
  reviewed_by text collate "C",
  reviewed_at timestamp(3) with time zone,
  rejection_reason text,
  published_at timestamp(3) with time zone,
  review_position bigint,
  seq bigint generated always as identity not null,
  rollout_percent integer default 100 not null,
  rollout_since timestamp(3) with time zone,
  rollout_halted_at timestamp(3) with time zone,
  rollout_halt_code text collate "C"
);

create table souk.app_installation (
  id text collate "C" not null,
  app_id text collate "C" not null,
  organization_id text collate "C" not null,
  current_deployment_id text collate "C" not null,
  granted_scopes text[] not null,
  granted_egress text[] not null,
  installed_by text collate "C" not null,
  installed_at timestamp(3) with time zone not null,
  uninstalled_at timestamp(3) with time zone,
  seq bigint generated always as identity not null,
  channel text collate "C" default 'pinned'::text not null
);

create table souk.app_setting (
  installation_id text collate "C" not null,
  user_id text collate "C",
  key text collate "C" not null,
  value json not null,
  secret boolean not null,
  deployment_id text collate "C" not null,
  seq bigint generated always as identity not null,
  replaced_by text collate "C"
);

create table souk.app_value (
  installation_id text collate "C" not null,
  connection_id text collate "C" not null,
  of_connection text collate "C" generated always as (NULLIF(connection_id, ''::text)) stored,
  collection text collate "C" not null,
  key text collate "C" not null,
  value text not null,
  expires_at timestamp(3) with time zone
);

create table souk.app_webhook_handler (
  id text collate "C" not null,
  token_hash text collate "C" not null,
  installation_id text collate "C" not null,
  organization_id text collate "C" not null,
  handler_id text collate "C" not null,
  connection_id text collate "C",
  trigger_id text collate "C",
  workflow_id text collate "C",
  external_webhook_id text collate "C",
  sealed text not null,
  is_active boolean not null,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  seq bigint generated always as identity not null
);

create table souk.audit_entry (
  id text collate "C" not null,
  organization_id text collate "C",
  actor_id text collate "C" not null,
  action text not null,
  resource_type text not null,
  resource_id text not null,
  created_at timestamp(3) with time zone not null,
  seq bigint generated always as identity not null,
  developer_account_id text collate "C",
  changes json default '{}'::json not null
);

create table souk.bundle_upload (
  id text collate "C" not null,
  app_id text collate "C" not null,
  created_at timestamp(3) with time zone not null
);

create table souk.connection (
  id text collate "C" not null,
  installation_id text collate "C" not null,
  organization_id text collate "C" not null,
  definition_id text collate "C" not null,
  user_id text collate "C",
  slot text collate "C" not null,
  label text not null,
  status text collate "C" not null,
  variables json not null,
  sealed text not null,
  expires_at timestamp(3) with time zone,
  revision double precision not null,
  claimed_until timestamp(3) with time zone,
  created_by text collate "C" not null,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  seq bigint generated always as identity not null
);

create table souk.developer_account (
  id text collate "C" not null,
  slug text collate "C" not null,
  title text not null,
  logo_url text,
  feature_flags text[] not null,
  created_at timestamp(3) with time zone not null,
  seq bigint generated always as identity not null
);

create table souk.developer_account_member (
  developer_account_id text collate "C" not null,
  user_id text collate "C" not null,
  role text not null,
  joined_at timestamp(3) with time zone default now() not null
);

create table souk.developer_invitation (
  id text collate "C" not null,
  developer_account_id text collate "C" not null,
  email text collate "C",
  user_id text collate "C",
  role text not null,
  token_hash text collate "C" not null,
  invited_by text collate "C" not null,
  created_at timestamp(3) with time zone not null,
  expires_at timestamp(3) with time zone not null,
  status text not null,
  answered_by text collate "C",
  answered_at timestamp(3) with time zone,
  seq bigint generated always as identity not null
);

create table souk.device_login (
  id text collate "C" not null,
  device_code_hash text collate "C" not null,
  user_code_hash text collate "C" not null,
  name text not null,
  scopes text[] not null,
  created_at timestamp(3) with time zone not null,
  expires_at timestamp(3) with time zone not null,
  status text not null,
  user_id text collate "C",
  developer_account_id text collate "C",
  interval_seconds integer not null,
  last_polled_at timestamp(3) with time zone
);

create table souk.function_call (
  id text collate "C" not null,
  installation_id text collate "C" not null,
  deployment_id text collate "C" not null,
  organization_id text collate "C" not null,
  function_id text not null,
  user_id text collate "C" not null,
  outcome text not null,
  error_code text,
  duration_ms double precision not null,
  logs json not null,
  created_at timestamp(3) with time zone not null,
  seq bigint generated always as identity not null,
  app_id text collate "C",
  trace_id text collate "C" default ''::text not null,
  argument_bytes double precision default 0 not null,
  result_bytes double precision default 0 not null
);

create table souk.installation_event (
  id text collate "C" not null,
  installation_id text collate "C" not null,
  type text not null,
  from_deployment_id text collate "C",
  to_deployment_id text collate "C",
  granted_scopes text[] not null,
  granted_egress text[] not null,
  actor_id text collate "C" not null,
  created_at timestamp(3) with time zone not null,
  seq bigint generated always as identity not null
);

create table souk.migration (
  id integer not null,
  name text not null,
  applied_at timestamp with time zone default now() not null
);

create table souk.oauth_client (
  app_id text collate "C" not null,
  definition_id text collate "C" not null,
  client_id text not null,
  sealed_secret text,
  updated_at timestamp(3) with time zone not null
);

create table souk.oauth_state (
  state_hash text collate "C" not null,
  installation_id text collate "C" not null,
  organization_id text collate "C" not null,
  user_id text collate "C" not null,
  definition_id text collate "C" not null,
  connection_id text collate "C",
  sealed text not null,
  return_to text,
  expires_at timestamp(3) with time zone not null
);

create table souk.webhook_event (
  webhook_handler_id text collate "C" not null,
  event_id text collate "C" not null,
  accepted_at timestamp(3) with time zone not null
);

alter table souk.api_key add constraint api_key_pkey PRIMARY KEY (id);

alter table souk.app add constraint app_pkey PRIMARY KEY (id);

alter table souk.app_bundle add constraint app_bundle_pkey PRIMARY KEY (id);

alter table souk.app_deployment add constraint app_deployment_pkey PRIMARY KEY (id);

alter table souk.app_installation add constraint app_installation_pkey PRIMARY KEY (id);

alter table souk.app_value add constraint app_value_pkey PRIMARY KEY (installation_id, connection_id, collection, key);

alter table souk.app_webhook_handler add constraint app_webhook_handler_pkey PRIMARY KEY (id);

alter table souk.audit_entry add constraint audit_entry_pkey PRIMARY KEY (id);

alter table souk.bundle_upload add constraint bundle_upload_pkey PRIMARY KEY (id);

alter table souk.connection add constraint connection_pkey PRIMARY KEY (id);

alter table souk.developer_account add constraint developer_account_pkey PRIMARY KEY (id);

alter table souk.developer_account_member add constraint developer_account_member_pkey PRIMARY KEY (developer_account_id, user_id);

alter table souk.developer_invitation add constraint developer_invitation_pkey PRIMARY KEY (id);

alter table souk.device_login add constraint device_login_pkey PRIMARY KEY (id);

alter table souk.function_call add constraint function_call_pkey PRIMARY KEY (id);

alter table souk.installation_event add constraint installation_event_pkey PRIMARY KEY (id);

alter table souk.migration add constraint migration_pkey PRIMARY KEY (id);

alter table souk.oauth_client add constraint oauth_client_pkey PRIMARY KEY (app_id, definition_id);

alter table souk.oauth_state add constraint oauth_state_pkey PRIMARY KEY (state_hash);

alter table souk.webhook_event add constraint webhook_event_pkey PRIMARY KEY (webhook_handler_id, event_id);

alter table souk.api_key add constraint api_key_hash_key UNIQUE (key_hash);

alter table souk.app add constraint app_slug_key UNIQUE (slug);

alter table souk.app_bundle add constraint app_bundle_content_key UNIQUE (app_id, bundle_type, sha256);

alter table souk.app_bundle add constraint app_bundle_owner_key UNIQUE (id, app_id, bundle_type);

alter table souk.app_deployment add constraint app_deployment_app_key UNIQUE (id, app_id);

alter table souk.app_installation add constraint app_installation_app_organization_key UNIQUE (organization_id, app_id);

alter table souk.app_installation add constraint app_installation_organization_key UNIQUE (id, organization_id);

alter table souk.app_setting add constraint app_setting_scope_key UNIQUE NULLS NOT DISTINCT (installation_id, user_id, key, replaced_by);

alter table souk.app_webhook_handler add constraint app_webhook_handler_place_key UNIQUE NULLS NOT DISTINCT (installation_id, handler_id, connection_id);

alter table souk.app_webhook_handler add constraint app_webhook_handler_token_key UNIQUE (token_hash);

alter table souk.connection add constraint connection_id_installation_id_key UNIQUE (id, installation_id);

alter table souk.connection add constraint connection_slot_key UNIQUE NULLS NOT DISTINCT (installation_id, definition_id, user_id, slot);

alter table souk.developer_account add constraint developer_account_slug_key UNIQUE (slug);

alter table souk.developer_invitation add constraint developer_invitation_token_key UNIQUE (token_hash);

alter table souk.device_login add constraint device_login_device_code_key UNIQUE (device_code_hash);

alter table souk.device_login add constraint device_login_user_code_key UNIQUE (user_code_hash);

alter table souk.api_key add constraint api_key_scopes_check CHECK ((scopes <@ '{read,deploy,publish}'::text[]));

alter table souk.app add constraint app_publication_status_check CHECK ((publication_status = ANY (ARRAY['draft'::text, 'published'::text])));

alter table souk.app add constraint app_review_status_check CHECK ((review_status = ANY (ARRAY['active'::text, 'pending-review'::text, 'in-review'::text, 'approved'::text, 'rejected'::text, 'withdrawn'::text, 'published'::text, 'deprecated'::text])));

alter table souk.app_bundle add constraint app_bundle_bundle_type_check CHECK ((bundle_type = ANY (ARRAY['client'::text, 'server'::text])));

alter table souk.app_bundle add constraint app_bundle_hash_check CHECK (((sha256 ~ '^[0-9a-f]{64}$'::text) AND (size_bytes >= 0) AND ((content IS NULL) OR ((sha256 = encode(sha256(content), 'hex'::text)) AND (size_bytes = octet_length(content))))));

alter table souk.app_deployment add constraint app_deployment_bundle_check CHECK (((client_bundle_id IS NOT NULL) OR (server_bundle_id IS NOT NULL)));

alter table souk.app_deployment add constraint app_deployment_deployment_type_check CHECK ((deployment_type = ANY (ARRAY['development'::text, 'production'::text])));

alter table souk.app_deployment add constraint app_deployment_manifest_check CHECK ((json_typeof(manifest) = 'object'::text));

alter table souk.app_deployment add constraint app_deployment_published_check CHECK (((status <> 'published'::text) OR (published_at IS NOT NULL)));

alter table souk.app_deployment add constraint app_deployment_queue_check CHECK (((status <> ALL (ARRAY['pending-review'::text, 'in-review'::text])) OR (review_position IS NOT NULL)));

alter table souk.app_deployment add constraint app_deployment_rejection_check CHECK (((status <> 'rejected'::text) OR ((rejection_reason IS NOT NULL) AND (char_length(rejection_reason) >= 10))));

alter table souk.app_deployment add constraint app_deployment_rollout_check CHECK (((rollout_halted_at IS NULL) = (rollout_halt_code IS NULL)));

alter table souk.app_deployment add constraint app_deployment_rollout_code_check CHECK ((rollout_halt_code = ANY (ARRAY['ERROR_BUDGET_EXCEEDED'::text, 'HALTED_BY_DEVELOPER'::text])));

alter table souk.app_deployment add constraint app_deployment_rollout_percent_check CHECK (((rollout_percent >= 1) AND (rollout_percent <= 100)));

alter table souk.app_deployment add constraint app_deployment_status_check CHECK ((status = ANY (ARRAY['active'::text, 'pending-review'::text, 'in-review'::text, 'approved'::text, 'rejected'::text, 'withdrawn'::text, 'published'::text, 'deprecated'::text])));

alter table souk.app_deployment add constraint app_deployment_target_check CHECK (((deployment_type = 'development'::text) OR (target_organization_id IS NULL)));

alter table souk.app_deployment add constraint app_deployment_version_check CHECK ((version ~ '^[0-9]+[.][0-9]+[.][0-9]+'::text));

alter table souk.app_installation add constraint app_installation_channel_check CHECK ((channel = ANY (ARRAY['stable'::text, 'pinned'::text, 'development'::text])));

alter table souk.app_setting add constraint app_setting_secret_check CHECK (((NOT secret) OR (json_typeof(value) = 'string'::text)));

alter table souk.app_setting add constraint app_setting_value_check CHECK (((json_typeof(value) = ANY (ARRAY['string'::text, 'number'::text, 'boolean'::text])) OR ((replaced_by IS NOT NULL) AND (json_typeof(value) = 'null'::text))));

alter table souk.app_webhook_handler add constraint app_webhook_handler_token_hash_check CHECK ((token_hash ~ '^[0-9a-f]{64}$'::text));

alter table souk.audit_entry add constraint audit_entry_changes_check CHECK ((json_typeof(changes) = 'object'::text));

alter table souk.connection add constraint connection_check CHECK (((slot = ''::text) OR (slot = id)));

alter table souk.connection add constraint connection_revision_check CHECK ((revision >= (1)::double precision));

alter table souk.connection add constraint connection_status_check CHECK ((status = ANY (ARRAY['active'::text, 'expired'::text])));

alter table souk.connection add constraint connection_variables_check CHECK ((json_typeof(variables) = 'object'::text));

alter table souk.developer_account_member add constraint developer_account_member_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'member'::text])));

alter table souk.developer_invitation add constraint developer_invitation_answer_check CHECK (((status = 'pending'::text) = (answered_at IS NULL)));

alter table souk.developer_invitation add constraint developer_invitation_person_check CHECK (((email IS NULL) <> (user_id IS NULL)));

alter table souk.developer_invitation add constraint developer_invitation_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'member'::text])));

alter table souk.developer_invitation add constraint developer_invitation_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'accepted'::text, 'declined'::text, 'revoked'::text])));

alter table souk.device_login add constraint device_login_approval_check CHECK (((status <> ALL (ARRAY['approved'::text, 'used'::text])) OR ((user_id IS NOT NULL) AND (developer_account_id IS NOT NULL))));

alter table souk.device_login add constraint device_login_scopes_check CHECK ((scopes <@ '{read,deploy,publish}'::text[]));

alter table souk.device_login add constraint device_login_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'approved'::text, 'denied'::text, 'used'::text])));

alter table souk.function_call add constraint function_call_argument_bytes_check CHECK ((argument_bytes >= (0)::double precision));

alter table souk.function_call add constraint function_call_duration_check CHECK ((duration_ms >= (0)::double precision));

alter table souk.function_call add constraint function_call_error_check CHECK (((outcome = 'error'::text) OR (error_code IS NULL)));

alter table souk.function_call add constraint function_call_logs_check CHECK ((json_typeof(logs) = 'array'::text));

alter table souk.function_call add constraint function_call_outcome_check CHECK ((outcome = ANY (ARRAY['ok'::text, 'error'::text])));

alter table souk.function_call add constraint function_call_result_bytes_check CHECK ((result_bytes >= (0)::double precision));

alter table souk.installation_event add constraint installation_event_deployments_check CHECK ((((from_deployment_id IS NULL) = (type = ANY (ARRAY['installed'::text, 'reinstalled'::text]))) AND ((to_deployment_id IS NULL) = (type = 'uninstalled'::text))));

alter table souk.installation_event add constraint installation_event_type_check CHECK ((type = ANY (ARRAY['installed'::text, 'upgraded'::text, 'rolled-back'::text, 'uninstalled'::text, 'reinstalled'::text, 'rolled-forward'::text, 'channel-changed'::text])));

alter table souk.oauth_state add constraint oauth_state_state_hash_check CHECK ((state_hash ~ '^[0-9a-f]{64}$'::text));

alter table souk.api_key add constraint api_key_developer_account_id_fkey FOREIGN KEY (developer_account_id) REFERENCES souk.developer_account(id);

alter table souk.app add constraint app_developer_account_id_fkey FOREIGN KEY (developer_account_id) REFERENCES souk.developer_account(id);

alter table souk.app_bundle add constraint app_bundle_app_id_fkey FOREIGN KEY (app_id) REFERENCES souk.app(id);

alter table souk.app_deployment add constraint app_deployment_app_id_fkey FOREIGN KEY (app_id) REFERENCES souk.app(id);

alter table souk.app_deployment add constraint app_deployment_client_bundle_fkey FOREIGN KEY (client_bundle_id, app_id, client_bundle_type) REFERENCES souk.app_bundle(id, app_id, bundle_type);

alter table souk.app_deployment add constraint app_deployment_server_bundle_fkey FOREIGN KEY (server_bundle_id, app_id, server_bundle_type) REFERENCES souk.app_bundle(id, app_id, bundle_type);

alter table souk.app_installation add constraint app_installation_app_id_fkey FOREIGN KEY (app_id) REFERENCES souk.app(id);

alter table souk.app_installation add constraint app_installation_deployment_fkey FOREIGN KEY (current_deployment_id, app_id) REFERENCES souk.app_deployment(id, app_id);

alter table souk.app_setting add constraint app_setting_deployment_id_fkey FOREIGN KEY (deployment_id) REFERENCES souk.app_deployment(id);

alter table souk.app_setting add constraint app_setting_installation_id_fkey FOREIGN KEY (installation_id) REFERENCES souk.app_installation(id);

alter table souk.app_setting add constraint app_setting_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES souk.app_deployment(id);

alter table souk.app_value add constraint app_value_connection_fkey FOREIGN KEY (of_connection, installation_id) REFERENCES souk.connection(id, installation_id) ON DELETE CASCADE;

alter table souk.app_value add constraint app_value_installation_id_fkey FOREIGN KEY (installation_id) REFERENCES souk.app_installation(id);

alter table souk.app_webhook_handler add constraint app_webhook_handler_connection_fkey FOREIGN KEY (connection_id, installation_id) REFERENCES souk.connection(id, installation_id) ON DELETE CASCADE;

alter table souk.app_webhook_handler add constraint app_webhook_handler_installation_fkey FOREIGN KEY (installation_id, organization_id) REFERENCES souk.app_installation(id, organization_id);

alter table souk.bundle_upload add constraint bundle_upload_app_id_fkey FOREIGN KEY (app_id) REFERENCES souk.app(id);

alter table souk.connection add constraint connection_installation_fkey FOREIGN KEY (installation_id, organization_id) REFERENCES souk.app_installation(id, organization_id);

alter table souk.developer_account_member add constraint developer_account_member_developer_account_id_fkey FOREIGN KEY (developer_account_id) REFERENCES souk.developer_account(id);

alter table souk.developer_invitation add constraint developer_invitation_developer_account_id_fkey FOREIGN KEY (developer_account_id) REFERENCES souk.developer_account(id);

alter table souk.device_login add constraint device_login_developer_account_id_fkey FOREIGN KEY (developer_account_id) REFERENCES souk.developer_account(id);

alter table souk.function_call add constraint function_call_deployment_id_fkey FOREIGN KEY (deployment_id) REFERENCES souk.app_deployment(id);

alter table souk.function_call add constraint function_call_installation_fkey FOREIGN KEY (installation_id, organization_id) REFERENCES souk.app_installation(id, organization_id);

alter table souk.installation_event add constraint installation_event_from_deployment_id_fkey FOREIGN KEY (from_deployment_id) REFERENCES souk.app_deployment(id);

alter table souk.installation_event add constraint installation_event_installation_id_fkey FOREIGN KEY (installation_id) REFERENCES souk.app_installation(id);

alter table souk.installation_event add constraint installation_event_to_deployment_id_fkey FOREIGN KEY (to_deployment_id) REFERENCES souk.app_deployment(id);

alter table souk.oauth_client add constraint oauth_client_app_id_fkey FOREIGN KEY (app_id) REFERENCES souk.app(id);

alter table souk.oauth_state add constraint oauth_state_installation_fkey FOREIGN KEY (installation_id, organization_id) REFERENCES souk.app_installation(id, organization_id);

alter table souk.webhook_event add constraint webhook_event_webhook_handler_id_fkey FOREIGN KEY (webhook_handler_id) REFERENCES souk.app_webhook_handler(id) ON DELETE CASCADE;

CREATE INDEX api_key_account_idx ON souk.api_key USING btree (developer_account_id, created_at, seq);

CREATE INDEX api_key_user_idx ON souk.api_key USING btree (user_id, created_at, seq);

CREATE INDEX app_bundle_client_hash_idx ON souk.app_bundle USING btree (sha256) WHERE (bundle_type = 'client'::text);

CREATE INDEX app_bundle_uploaded_idx ON souk.app_bundle USING btree (uploaded_at);

CREATE INDEX app_deployment_client_bundle_idx ON souk.app_deployment USING btree (client_bundle_id) WHERE (client_bundle_id IS NOT NULL);

CREATE INDEX app_deployment_newest_idx ON souk.app_deployment USING btree (app_id, created_at DESC, seq DESC);

CREATE INDEX app_deployment_published_idx ON souk.app_deployment USING btree (app_id, published_at DESC, seq DESC) WHERE ((deployment_type = 'production'::text) AND (status = 'published'::text));

CREATE INDEX app_deployment_review_queue_idx ON souk.app_deployment USING btree (review_position) WHERE ((deployment_type = 'production'::text) AND (status = ANY (ARRAY['pending-review'::text, 'in-review'::text])));

CREATE UNIQUE INDEX app_deployment_rolling_key ON souk.app_deployment USING btree (app_id) WHERE ((deployment_type = 'production'::text) AND (status = 'published'::text) AND (rollout_percent < 100) AND (rollout_halted_at IS NULL));

CREATE INDEX app_deployment_server_bundle_idx ON souk.app_deployment USING btree (server_bundle_id) WHERE (server_bundle_id IS NOT NULL);

CREATE INDEX app_deployment_target_idx ON souk.app_deployment USING btree (target_organization_id, app_id, created_at DESC, seq DESC) WHERE ((deployment_type = 'development'::text) AND (status = 'active'::text));

CREATE UNIQUE INDEX app_deployment_under_review_key ON souk.app_deployment USING btree (app_id) WHERE ((deployment_type = 'production'::text) AND (status = ANY (ARRAY['pending-review'::text, 'in-review'::text])));

CREATE UNIQUE INDEX app_deployment_version_key ON souk.app_deployment USING btree (app_id, version) WHERE (deployment_type = 'production'::text);

CREATE INDEX app_developer_account_idx ON souk.app USING btree (developer_account_id, created_at, seq);

CREATE INDEX app_installation_active_idx ON souk.app_installation USING btree (organization_id, installed_at, seq) WHERE (uninstalled_at IS NULL);

CREATE INDEX app_installation_stable_idx ON souk.app_installation USING btree (current_deployment_id) WHERE ((channel = 'stable'::text) AND (uninstalled_at IS NULL));

CREATE INDEX app_published_category_idx ON souk.app USING btree (category, sort_title, id) WHERE (publication_status = 'published'::text);

CREATE INDEX app_published_installs_idx ON souk.app USING btree (((- install_count)), sort_title, id) WHERE (publication_status = 'published'::text);

CREATE INDEX app_published_newest_idx ON souk.app USING btree (((- seq)), sort_title, id) WHERE (publication_status = 'published'::text);

CREATE INDEX app_published_title_idx ON souk.app USING btree (sort_title, id) WHERE (publication_status = 'published'::text);

CREATE INDEX app_search_idx ON souk.app USING gin (all_words);

CREATE INDEX app_setting_secret_idx ON souk.app_setting USING btree (seq) WHERE secret;

CREATE INDEX app_tags_idx ON souk.app USING gin (tags);

CREATE INDEX app_value_connection_idx ON souk.app_value USING btree (of_connection) WHERE (of_connection IS NOT NULL);

CREATE INDEX app_value_expires_idx ON souk.app_value USING btree (expires_at) WHERE (expires_at IS NOT NULL);

CREATE INDEX app_webhook_handler_connection_idx ON souk.app_webhook_handler USING btree (connection_id) WHERE (connection_id IS NOT NULL);

CREATE INDEX app_webhook_handler_order_idx ON souk.app_webhook_handler USING btree (created_at, seq);

CREATE INDEX audit_entry_account_idx ON souk.audit_entry USING btree (developer_account_id, created_at DESC, seq DESC) WHERE (developer_account_id IS NOT NULL);

CREATE INDEX audit_entry_all_idx ON souk.audit_entry USING btree (created_at DESC, seq DESC);

CREATE INDEX audit_entry_newest_idx ON souk.audit_entry USING btree (organization_id, created_at DESC, seq DESC);

CREATE INDEX bundle_upload_created_idx ON souk.bundle_upload USING btree (created_at);

CREATE INDEX connection_order_idx ON souk.connection USING btree (created_at, seq);

CREATE INDEX developer_account_member_user_idx ON souk.developer_account_member USING btree (user_id);

CREATE INDEX developer_invitation_account_idx ON souk.developer_invitation USING btree (developer_account_id, created_at DESC, seq DESC);

CREATE UNIQUE INDEX developer_invitation_pending_key ON souk.developer_invitation USING btree (developer_account_id, user_id, email) NULLS NOT DISTINCT WHERE (status = 'pending'::text);

CREATE INDEX device_login_expiry_idx ON souk.device_login USING btree (expires_at);

CREATE INDEX function_call_app_idx ON souk.function_call USING btree (app_id, seq);

CREATE INDEX function_call_created_idx ON souk.function_call USING btree (created_at);

CREATE INDEX function_call_deployment_idx ON souk.function_call USING btree (deployment_id, created_at);

CREATE INDEX function_call_newest_idx ON souk.function_call USING btree (organization_id, installation_id, created_at DESC, seq DESC);

CREATE INDEX function_call_trace_idx ON souk.function_call USING btree (trace_id);

CREATE INDEX installation_event_newest_idx ON souk.installation_event USING btree (installation_id, seq DESC);

CREATE INDEX oauth_state_expires_idx ON souk.oauth_state USING btree (expires_at);

CREATE INDEX webhook_event_accepted_idx ON souk.webhook_event USING btree (accepted_at);

CREATE TRIGGER guard_bundle BEFORE DELETE OR UPDATE ON souk.app_bundle FOR EACH ROW EXECUTE FUNCTION souk.guard_bundle();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON souk.app_bundle FOR EACH STATEMENT EXECUTE FUNCTION souk.refuse_change();

CREATE TRIGGER guard_deployment BEFORE INSERT OR UPDATE ON souk.app_deployment FOR EACH ROW EXECUTE FUNCTION souk.guard_deployment();

CREATE TRIGGER refuse_delete BEFORE DELETE ON souk.app_deployment FOR EACH ROW EXECUTE FUNCTION souk.refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON souk.app_deployment FOR EACH STATEMENT EXECUTE FUNCTION souk.refuse_change();

CREATE TRIGGER count_installations AFTER INSERT OR UPDATE OF uninstalled_at ON souk.app_installation FOR EACH ROW EXECUTE FUNCTION souk.count_installations();

CREATE TRIGGER guard_installation BEFORE UPDATE ON souk.app_installation FOR EACH ROW EXECUTE FUNCTION souk.guard_installation();

CREATE TRIGGER refuse_change BEFORE UPDATE ON souk.audit_entry FOR EACH ROW EXECUTE FUNCTION souk.refuse_change();

CREATE TRIGGER fill_call_app BEFORE INSERT ON souk.function_call FOR EACH ROW EXECUTE FUNCTION souk.fill_call_app();

CREATE TRIGGER refuse_change BEFORE UPDATE ON souk.function_call FOR EACH ROW EXECUTE FUNCTION souk.refuse_change();

CREATE TRIGGER refuse_change BEFORE UPDATE ON souk.installation_event FOR EACH ROW EXECUTE FUNCTION souk.refuse_change();

create policy tenant on souk.app_installation using ((organization_id = NULLIF(current_setting('souk.organization_id'::text, true), ''::text)) OR (id = NULLIF(current_setting('souk.installation_id'::text, true), ''::text)) OR (current_setting('souk.scope'::text, true) = 'platform'::text)) with check ((organization_id = NULLIF(current_setting('souk.organization_id'::text, true), ''::text)) OR (id = NULLIF(current_setting('souk.installation_id'::text, true), ''::text)) OR (current_setting('souk.scope'::text, true) = 'platform'::text));

create policy tenant on souk.app_setting using ((EXISTS ( SELECT 1
   FROM souk.app_installation i
  WHERE (i.id = app_setting.installation_id))) OR (current_setting('souk.scope'::text, true) = 'platform'::text)) with check ((EXISTS ( SELECT 1
   FROM souk.app_installation i
  WHERE (i.id = app_setting.installation_id))) OR (current_setting('souk.scope'::text, true) = 'platform'::text));

create policy tenant on souk.app_value using ((EXISTS ( SELECT 1
   FROM souk.app_installation i
  WHERE (i.id = app_value.installation_id))) OR (current_setting('souk.scope'::text, true) = 'platform'::text)) with check ((EXISTS ( SELECT 1
   FROM souk.app_installation i
  WHERE (i.id = app_value.installation_id))) OR (current_setting('souk.scope'::text, true) = 'platform'::text));

create policy tenant on souk.app_webhook_handler using ((organization_id = NULLIF(current_setting('souk.organization_id'::text, true), ''::text)) OR (current_setting('souk.scope'::text, true) = 'platform'::text)) with check ((organization_id = NULLIF(current_setting('souk.organization_id'::text, true), ''::text)) OR (current_setting('souk.scope'::text, true) = 'platform'::text));

create policy tenant on souk.audit_entry using ((organization_id = NULLIF(current_setting('souk.organization_id'::text, true), ''::text)) OR (current_setting('souk.scope'::text, true) = 'platform'::text)) with check ((organization_id IS NULL) OR (organization_id = NULLIF(current_setting('souk.organization_id'::text, true), ''::text)) OR (current_setting('souk.scope'::text, true) = 'platform'::text));

create policy tenant on souk.connection using ((organization_id = NULLIF(current_setting('souk.organization_id'::text, true), ''::text)) OR (current_setting('souk.scope'::text, true) = 'platform'::text)) with check ((organization_id = NULLIF(current_setting('souk.organization_id'::text, true), ''::text)) OR (current_setting('souk.scope'::text, true) = 'platform'::text));

create policy tenant on souk.function_call using ((organization_id = NULLIF(current_setting('souk.organization_id'::text, true), ''::text)) OR (current_setting('souk.scope'::text, true) = 'platform'::text)) with check ((organization_id = NULLIF(current_setting('souk.organization_id'::text, true), ''::text)) OR (current_setting('souk.scope'::text, true) = 'platform'::text));

create policy tenant on souk.installation_event using ((EXISTS ( SELECT 1
   FROM souk.app_installation i
  WHERE (i.id = installation_event.installation_id))) OR (current_setting('souk.scope'::text, true) = 'platform'::text)) with check ((EXISTS ( SELECT 1
   FROM souk.app_installation i
  WHERE (i.id = installation_event.installation_id))) OR (installation_id = NULLIF(current_setting('souk.installation_id'::text, true), ''::text)) OR (current_setting('souk.scope'::text, true) = 'platform'::text));

create policy tenant on souk.oauth_state using ((organization_id = NULLIF(current_setting('souk.organization_id'::text, true), ''::text)) OR (current_setting('souk.scope'::text, true) = 'platform'::text)) with check ((organization_id = NULLIF(current_setting('souk.organization_id'::text, true), ''::text)) OR (current_setting('souk.scope'::text, true) = 'platform'::text));

create policy tenant on souk.webhook_event using ((EXISTS ( SELECT 1
   FROM souk.app_webhook_handler h
  WHERE (h.id = webhook_event.webhook_handler_id))) OR (current_setting('souk.scope'::text, true) = 'platform'::text)) with check ((EXISTS ( SELECT 1
   FROM souk.app_webhook_handler h
  WHERE (h.id = webhook_event.webhook_handler_id))) OR (current_setting('souk.scope'::text, true) = 'platform'::text));
