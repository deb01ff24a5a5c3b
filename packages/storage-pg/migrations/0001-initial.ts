import type { Migration } from './migration'

// Text that is compared or sorted has the collation "C", so that order and equality are the same on every server.
// Times have milliseconds, as a JavaScript Date. `seq` is the order in which rows were added, where times are equal.

const accounts = (s: string): readonly string[] => [
  `create table ${s}.developer_account (
    id text collate "C" primary key,
    slug text collate "C" not null constraint developer_account_slug_key unique,
    title text not null,
    logo_url text,
    feature_flags text[] not null,
    created_at timestamptz(3) not null,
    seq bigint generated always as identity
  )`,
  `create table ${s}.developer_account_member (
    developer_account_id text collate "C" not null references ${s}.developer_account (id),
    user_id text collate "C" not null,
    role text not null check (role in ('owner', 'admin', 'member')),
    primary key (developer_account_id, user_id)
  )`,
  `create index developer_account_member_user_idx on ${s}.developer_account_member (user_id)`,
  `create table ${s}.api_key (
    id text collate "C" primary key,
    developer_account_id text collate "C" not null references ${s}.developer_account (id),
    user_id text collate "C" not null,
    name text not null,
    key_hash text collate "C" not null constraint api_key_hash_key unique,
    created_at timestamptz(3) not null,
    revoked_at timestamptz(3),
    seq bigint generated always as identity
  )`,
  `create index api_key_account_idx on ${s}.api_key (developer_account_id, created_at, seq)`,
]

const STATUSES = `'active', 'pending-review', 'in-review', 'approved', 'rejected', 'withdrawn', 'published', 'deprecated'`

const apps = (s: string): readonly string[] => [
  `create table ${s}.app (
    id text collate "C" primary key,
    slug text collate "C" not null constraint app_slug_key unique,
    developer_account_id text collate "C" not null references ${s}.developer_account (id),
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
    publication_status text not null check (publication_status in ('draft', 'published')),
    review_status text check (review_status in (${STATUSES})),
    has_bundle boolean not null,
    auto_approve boolean not null,
    verified boolean not null,
    created_at timestamptz(3) not null,
    sort_title text collate "C" not null,
    search_text text not null,
    seq bigint generated always as identity
  )`,
  `create index app_developer_account_idx on ${s}.app (developer_account_id, created_at, seq)`,
  `create index app_title_idx on ${s}.app (sort_title, id)`,
  `create index app_category_idx on ${s}.app (category, sort_title, id)`,
  `create table ${s}.app_bundle (
    id text collate "C" primary key,
    app_id text collate "C" not null references ${s}.app (id),
    bundle_type text collate "C" not null check (bundle_type in ('client', 'server')),
    sha256 text collate "C" not null,
    size_bytes integer not null,
    content bytea not null,
    created_at timestamptz(3) not null,
    constraint app_bundle_content_key unique (app_id, bundle_type, sha256),
    constraint app_bundle_owner_key unique (id, app_id, bundle_type),
    constraint app_bundle_hash_check check (sha256 = encode(sha256(content), 'hex') and size_bytes = octet_length(content))
  )`,
  `create index app_bundle_client_hash_idx on ${s}.app_bundle (sha256) where bundle_type = 'client'`,
]

const deployments = (s: string): readonly string[] => [
  `create sequence ${s}.review_position_seq`,
  `create table ${s}.app_deployment (
    id text collate "C" primary key,
    app_id text collate "C" not null references ${s}.app (id),
    deployment_type text collate "C" not null check (deployment_type in ('development', 'production')),
    version text collate "C" not null,
    client_bundle_id text collate "C",
    server_bundle_id text collate "C",
    client_bundle_type text collate "C" generated always as ('client') stored,
    server_bundle_type text collate "C" generated always as ('server') stored,
    manifest json not null,
    target_organization_id text collate "C",
    status text collate "C" not null check (status in (${STATUSES})),
    release_notes text,
    created_by text collate "C" not null,
    created_at timestamptz(3) not null,
    reviewed_by text collate "C",
    reviewed_at timestamptz(3),
    rejection_reason text,
    published_at timestamptz(3),
    review_position bigint,
    seq bigint generated always as identity,
    constraint app_deployment_app_key unique (id, app_id),
    constraint app_deployment_client_bundle_fkey foreign key (client_bundle_id, app_id, client_bundle_type)
      references ${s}.app_bundle (id, app_id, bundle_type),
    constraint app_deployment_server_bundle_fkey foreign key (server_bundle_id, app_id, server_bundle_type)
      references ${s}.app_bundle (id, app_id, bundle_type),
    constraint app_deployment_bundle_check check (client_bundle_id is not null or server_bundle_id is not null),
    constraint app_deployment_target_check check (deployment_type = 'development' or target_organization_id is null),
    constraint app_deployment_rejection_check
      check (status <> 'rejected' or (rejection_reason is not null and char_length(rejection_reason) >= 10)),
    constraint app_deployment_published_check check (status <> 'published' or published_at is not null)
  )`,
  `create unique index app_deployment_version_key on ${s}.app_deployment (app_id, version)
    where deployment_type = 'production'`,
  `create unique index app_deployment_under_review_key on ${s}.app_deployment (app_id)
    where deployment_type = 'production' and status in ('pending-review', 'in-review')`,
  `create index app_deployment_newest_idx on ${s}.app_deployment (app_id, created_at desc, seq desc)`,
  `create index app_deployment_published_idx on ${s}.app_deployment (app_id, published_at desc, seq desc)
    where deployment_type = 'production' and status = 'published'`,
  `create index app_deployment_target_idx on ${s}.app_deployment (target_organization_id, app_id, created_at desc, seq desc)
    where deployment_type = 'development' and status = 'active'`,
  `create index app_deployment_review_queue_idx on ${s}.app_deployment (review_position)
    where deployment_type = 'production' and status in ('pending-review', 'in-review')`,
]

const immutability = (s: string): readonly string[] => [
  `create function ${s}.deployment_may_move(deployment_type text, from_status text, to_status text) returns boolean
    language sql immutable as $$
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
    $$`,
  `create function ${s}.refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception 'rows of % are immutable', tg_table_name
        using errcode = 'integrity_constraint_violation', constraint = tg_table_name || '_immutable';
    end
  $$`,
  // json has no equality, so the manifests are compared as text, which is stored as it came.
  `create function ${s}.guard_deployment() returns trigger language plpgsql as $$
    begin
      if tg_op = 'INSERT' then
        if new.status <> 'active' then
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
  `create trigger guard_deployment before insert or update on ${s}.app_deployment
    for each row execute function ${s}.guard_deployment()`,
  `create trigger refuse_delete before delete on ${s}.app_deployment
    for each row execute function ${s}.refuse_change()`,
  `create trigger refuse_truncate before truncate on ${s}.app_deployment
    for each statement execute function ${s}.refuse_change()`,
  `create trigger refuse_change before update or delete on ${s}.app_bundle
    for each row execute function ${s}.refuse_change()`,
  `create trigger refuse_truncate before truncate on ${s}.app_bundle
    for each statement execute function ${s}.refuse_change()`,
]

const installations = (s: string): readonly string[] => [
  `create table ${s}.app_installation (
    id text collate "C" primary key,
    app_id text collate "C" not null references ${s}.app (id),
    organization_id text collate "C" not null,
    current_deployment_id text collate "C" not null,
    granted_scopes text[] not null,
    granted_egress text[] not null,
    installed_by text collate "C" not null,
    installed_at timestamptz(3) not null,
    uninstalled_at timestamptz(3),
    seq bigint generated always as identity,
    constraint app_installation_app_organization_key unique (organization_id, app_id),
    constraint app_installation_organization_key unique (id, organization_id),
    constraint app_installation_deployment_fkey foreign key (current_deployment_id, app_id)
      references ${s}.app_deployment (id, app_id)
  )`,
  `create index app_installation_active_idx on ${s}.app_installation (organization_id, installed_at, seq)
    where uninstalled_at is null`,
  `create table ${s}.installation_event (
    id text collate "C" primary key,
    installation_id text collate "C" not null references ${s}.app_installation (id),
    type text not null check (type in ('installed', 'upgraded', 'rolled-back', 'uninstalled', 'reinstalled')),
    from_deployment_id text collate "C" references ${s}.app_deployment (id),
    to_deployment_id text collate "C" references ${s}.app_deployment (id),
    granted_scopes text[] not null,
    granted_egress text[] not null,
    actor_id text collate "C" not null,
    created_at timestamptz(3) not null,
    seq bigint generated always as identity
  )`,
  `create index installation_event_newest_idx on ${s}.installation_event (installation_id, seq desc)`,
  `create table ${s}.app_setting (
    installation_id text collate "C" not null references ${s}.app_installation (id),
    user_id text collate "C",
    key text collate "C" not null,
    value json not null check (json_typeof(value) in ('string', 'number', 'boolean')),
    secret boolean not null,
    deployment_id text collate "C" not null references ${s}.app_deployment (id),
    constraint app_setting_scope_key unique nulls not distinct (installation_id, user_id, key)
  )`,
]

const logs = (s: string): readonly string[] => [
  `create table ${s}.function_call (
    id text collate "C" primary key,
    installation_id text collate "C" not null,
    deployment_id text collate "C" not null references ${s}.app_deployment (id),
    organization_id text collate "C" not null,
    function_id text not null,
    user_id text collate "C" not null,
    outcome text not null check (outcome in ('ok', 'error')),
    error_code text,
    duration_ms double precision not null,
    logs json not null,
    created_at timestamptz(3) not null,
    seq bigint generated always as identity,
    constraint function_call_installation_fkey foreign key (installation_id, organization_id)
      references ${s}.app_installation (id, organization_id)
  )`,
  `create index function_call_newest_idx on ${s}.function_call (organization_id, installation_id, created_at desc, seq desc)`,
  `create table ${s}.audit_entry (
    id text collate "C" primary key,
    organization_id text collate "C",
    actor_id text collate "C" not null,
    action text not null,
    resource_type text not null,
    resource_id text not null,
    created_at timestamptz(3) not null,
    seq bigint generated always as identity
  )`,
  `create index audit_entry_newest_idx on ${s}.audit_entry (organization_id, created_at desc, seq desc)`,
]

export const initial: Migration = {
  id: 1,
  name: 'initial',
  statements: (s) => [
    ...accounts(s),
    ...apps(s),
    ...deployments(s),
    ...immutability(s),
    ...installations(s),
    ...logs(s),
  ],
}
