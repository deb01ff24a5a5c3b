import {
  Blocks,
  CodeXml,
  Inbox,
  type LucideIcon,
  Moon,
  Phone,
  Settings,
  ShieldCheck,
  Sun,
  Users,
  Workflow,
} from 'lucide-react'
import { useEffect, useRef } from 'react'
import { api, type Person } from '../api'
import { linkTo, usePath } from '../router'
import { useResource } from '../use-resource'
import type { Theme } from '../use-theme'
import { Logo } from './logo'
import { UserMenu } from './user-menu'

export interface SidebarProps {
  readonly person: Person
  readonly theme: Theme
  /** Grows when a ticket was changed, so that the count is taken again. */
  readonly ticketsVersion: number
  readonly onThemeChange: (theme: Theme) => void
  readonly onPersonChange: (person: Person | null) => void
}

const SECTIONS: readonly { path: string; label: string; icon: LucideIcon; also?: string; reviewersOnly?: true }[] = [
  { path: '/inbox', label: 'Inbox', icon: Inbox, also: '/tickets' },
  { path: '/customers', label: 'Customers', icon: Users },
  { path: '/calls', label: 'Calls', icon: Phone },
  { path: '/automations', label: 'Automations', icon: Workflow },
  { path: '/apps', label: 'Apps', icon: Blocks },
  { path: '/developer', label: 'Developer', icon: CodeXml },
  { path: '/review', label: 'Reviews', icon: ShieldCheck, reviewersOnly: true },
  { path: '/settings', label: 'Settings', icon: Settings },
]

export const Sidebar = ({ person, theme, ticketsVersion, onThemeChange, onPersonChange }: SidebarProps) => {
  const path = usePath()
  const sections = useRef<HTMLElement>(null)
  // On a phone the sections are a row that is wider than the page.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each path has a section of its own.
  useEffect(() => {
    sections.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [path])
  const { data: tickets, reload } = useResource(api.tickets)
  useEffect(() => {
    if (ticketsVersion > 0) reload()
  }, [ticketsVersion, reload])
  const open = tickets?.filter(({ status }) => status === 'open').length ?? 0
  const nextTheme = theme === 'light' ? 'dark' : 'light'
  const isCurrent = (base: string) => path === base || path.startsWith(`${base}/`)

  return (
    <aside className="fh-sidebar">
      <a className="fh-brand" {...linkTo('/inbox')}>
        <Logo />
        <span>
          <strong>Fernhill Desk</strong>
          <small>{person.organization.name}</small>
        </span>
      </a>
      <nav ref={sections} aria-label="Main">
        {SECTIONS.filter(({ reviewersOnly }) => !reviewersOnly || person.reviewer).map(
          ({ path: target, label, icon: Icon, also }) => {
            const current =
              isCurrent(target) || (also !== undefined && isCurrent(also)) || (path === '/' && target === '/inbox')
            return (
              <a key={target} className="fh-nav-item" aria-current={current ? 'page' : undefined} {...linkTo(target)}>
                <Icon size={18} strokeWidth={1.8} aria-hidden="true" />
                {label}
                {target === '/inbox' && open > 0 ? (
                  <span className="fh-nav-count">
                    {open}
                    <span className="fh-visually-hidden"> open</span>
                  </span>
                ) : null}
              </a>
            )
          },
        )}
      </nav>
      <div className="fh-sidebar-end">
        <button type="button" className="fh-nav-item" onClick={() => onThemeChange(nextTheme)}>
          {nextTheme === 'dark' ? <Moon size={18} strokeWidth={1.8} /> : <Sun size={18} strokeWidth={1.8} />}
          {nextTheme === 'dark' ? 'Dark mode' : 'Light mode'}
        </button>
        <UserMenu person={person} onPersonChange={onPersonChange} />
      </div>
    </aside>
  )
}
