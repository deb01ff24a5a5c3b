import type { Migration } from './migration'

/** How an installation follows its app, and the versions it came to on its own. */
export const channels: Migration = {
  id: 4,
  name: 'channels',
  statements: (s) => [
    // What was installed before there were channels moves only when somebody moves it, as until now.
    `alter table ${s}.app_installation
      add column channel text collate "C" not null default 'pinned'
        constraint app_installation_channel_check check (channel in ('stable', 'pinned', 'development'))`,
    `update ${s}.app_installation i set channel = 'development'
      from ${s}.app_deployment d where d.id = i.current_deployment_id and d.deployment_type = 'development'`,
    // What rolls forward together: the stable installations of one deployment.
    `create index app_installation_stable_idx on ${s}.app_installation (current_deployment_id)
      where channel = 'stable' and uninstalled_at is null`,
    `alter table ${s}.installation_event
      drop constraint installation_event_type_check,
      add constraint installation_event_type_check check (type in
        ('installed', 'upgraded', 'rolled-back', 'uninstalled', 'reinstalled', 'rolled-forward', 'channel-changed'))`,
  ],
}
