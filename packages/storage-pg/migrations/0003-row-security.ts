import type { Migration } from './migration'

// A session says whose rows it may touch by settings that end with its transaction; without any it touches none.
const setting = (name: string) => `nullif(current_setting('souk.${name}', true), '')`
const PLATFORM = `current_setting('souk.scope', true) = 'platform'`

/** Tables whose rows belong to an organization. Their policies have no effect until row security is switched on. */
export const TENANT_TABLES = [
  'app_installation',
  'installation_event',
  'app_setting',
  'function_call',
  'audit_entry',
] as const

const policy = (s: string, table: (typeof TENANT_TABLES)[number], visible: string, writable = visible): string =>
  `create policy tenant on ${s}.${table} using (${visible} or ${PLATFORM}) with check (${writable} or ${PLATFORM})`

export const rowSecurity: Migration = {
  id: 3,
  name: 'row-security',
  statements: (s) => {
    const ofOrganization = `organization_id = ${setting('organization_id')}`
    // The subquery sees only the installations that the session may touch.
    const ofInstallation = `exists (select 1 from ${s}.app_installation i where i.id = installation_id)`
    return [
      policy(s, 'app_installation', `(${ofOrganization} or id = ${setting('installation_id')})`),
      // An installation and its first event are one statement, in which the subquery does not see the installation yet.
      policy(
        s,
        'installation_event',
        ofInstallation,
        `(${ofInstallation} or installation_id = ${setting('installation_id')})`,
      ),
      policy(s, 'app_setting', ofInstallation),
      policy(s, 'function_call', ofOrganization),
      // What the platform did belongs to no organization: anybody adds to it, nobody reads it but the platform.
      policy(s, 'audit_entry', ofOrganization, `(organization_id is null or ${ofOrganization})`),
    ]
  },
}
