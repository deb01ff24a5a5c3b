/** The product's own tables, in its own schema: Souk neither reads nor writes them. */
export const SCHEMA_SQL: readonly string[] = [
  'create schema if not exists helpdesk',
  `create table if not exists helpdesk.organizations (
    id text primary key,
    name text not null
  )`,
  `create table if not exists helpdesk.people (
    id text primary key,
    organization_id text not null references helpdesk.organizations,
    name text not null,
    email text not null unique,
    role text not null check (role in ('admin', 'member')),
    reviewer boolean not null default false,
    title text not null,
    position integer not null
  )`,
  `create table if not exists helpdesk.sessions (
    id_sha256 text primary key,
    person_id text not null references helpdesk.people,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null
  )`,
  `create table if not exists helpdesk.customers (
    id text primary key,
    organization_id text not null references helpdesk.organizations,
    name text not null,
    email text not null,
    company text,
    city text not null,
    since date not null,
    unique (organization_id, email)
  )`,
  `create table if not exists helpdesk.tickets (
    id text primary key,
    organization_id text not null references helpdesk.organizations,
    customer_id text not null references helpdesk.customers,
    assignee_id text references helpdesk.people,
    subject text not null,
    status text not null check (status in ('open', 'pending', 'solved')),
    priority text not null check (priority in ('low', 'normal', 'high', 'urgent')),
    channel text not null check (channel in ('email', 'chat', 'web')),
    tags text[] not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`,
  'create index if not exists tickets_by_organization on helpdesk.tickets (organization_id, status, updated_at desc)',
  'create index if not exists tickets_by_customer on helpdesk.tickets (customer_id)',
  `create table if not exists helpdesk.messages (
    id bigint generated always as identity primary key,
    ticket_id text not null references helpdesk.tickets,
    author_kind text not null check (author_kind in ('customer', 'agent')),
    author_name text not null,
    is_note boolean not null default false,
    body text not null,
    created_at timestamptz not null default now()
  )`,
  'create index if not exists messages_by_ticket on helpdesk.messages (ticket_id, created_at, id)',
]
