import type { Migration } from './migration'

/** Members who come and go, what their keys may do and for how long, and command lines that log in. */
export const people: Migration = {
  id: 7,
  name: 'people',
  statements: (s) => [
    `alter table ${s}.developer_account_member add column joined_at timestamptz(3) not null default now()`,
    `create table ${s}.developer_invitation (
      id text collate "C" primary key,
      developer_account_id text collate "C" not null references ${s}.developer_account (id),
      email text collate "C",
      user_id text collate "C",
      role text not null check (role in ('owner', 'admin', 'member')),
      token_hash text collate "C" not null constraint developer_invitation_token_key unique,
      invited_by text collate "C" not null,
      created_at timestamptz(3) not null,
      expires_at timestamptz(3) not null,
      status text not null check (status in ('pending', 'accepted', 'declined', 'revoked')),
      answered_by text collate "C",
      answered_at timestamptz(3),
      seq bigint generated always as identity,
      constraint developer_invitation_person_check check ((email is null) <> (user_id is null)),
      constraint developer_invitation_answer_check check ((status = 'pending') = (answered_at is null))
    )`,
    `create index developer_invitation_account_idx
      on ${s}.developer_invitation (developer_account_id, created_at desc, seq desc)`,
    // One open invitation of a person: two at once cannot leave a token behind that nobody knows of.
    `create unique index developer_invitation_pending_key
      on ${s}.developer_invitation (developer_account_id, user_id, email) nulls not distinct where status = 'pending'`,
    // Keys of before could do all of it, and did not end.
    `alter table ${s}.api_key
      add column scopes text[] not null default '{read,deploy,publish}'
        constraint api_key_scopes_check check (scopes <@ '{read,deploy,publish}'),
      add column expires_at timestamptz(3)`,
    `create index api_key_user_idx on ${s}.api_key (user_id, created_at, seq)`,
    `create table ${s}.device_login (
      id text collate "C" primary key,
      device_code_hash text collate "C" not null constraint device_login_device_code_key unique,
      user_code_hash text collate "C" not null constraint device_login_user_code_key unique,
      name text not null,
      scopes text[] not null check (scopes <@ '{read,deploy,publish}'),
      created_at timestamptz(3) not null,
      expires_at timestamptz(3) not null,
      status text not null check (status in ('pending', 'approved', 'denied', 'used')),
      user_id text collate "C",
      developer_account_id text collate "C" references ${s}.developer_account (id),
      interval_seconds integer not null,
      last_polled_at timestamptz(3),
      constraint device_login_approval_check check
        (status not in ('approved', 'used') or (user_id is not null and developer_account_id is not null))
    )`,
    `create index device_login_expiry_idx on ${s}.device_login (expires_at)`,
  ],
}
