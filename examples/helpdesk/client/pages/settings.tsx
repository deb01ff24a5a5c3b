import { Moon, Sun } from 'lucide-react'
import { api, type Person } from '../api'
import { Avatar } from '../components/avatar'
import { Badge } from '../components/badge'
import { Card } from '../components/card'
import { LoadError } from '../components/load-error'
import { PageHeader } from '../components/page-header'
import { describeRole } from '../components/user-menu'
import { linkTo } from '../router'
import { LANGUAGES, type Language } from '../use-language'
import { useResource } from '../use-resource'
import type { Theme } from '../use-theme'

export interface SettingsProps {
  readonly person: Person
  readonly theme: Theme
  readonly onThemeChange: (theme: Theme) => void
  readonly language: Language
  readonly onLanguageChange: (language: Language) => void
}

const THEMES = [
  { id: 'light', label: 'Light', icon: Sun },
  { id: 'dark', label: 'Dark', icon: Moon },
] as const

export const Settings = ({ person, theme, language, onThemeChange, onLanguageChange }: SettingsProps) => {
  const { data: teammates, error, reload } = useResource(api.teammates)
  return (
    <div className="fh-page fh-page-narrow">
      <PageHeader title="Settings" description={`You and ${person.organization.name}.`} />
      <Card title="Profile">
        <div className="fh-profile">
          <Avatar name={person.name} size="large" />
          <div>
            <strong>{person.name}</strong>
            <p className="fh-muted">
              {person.title} · {person.email}
            </p>
          </div>
          <Badge tone={person.role === 'admin' ? 'success' : 'neutral'}>{describeRole(person)}</Badge>
        </div>
      </Card>
      <Card title="Appearance" description="Kept in this browser. Apps follow it too.">
        <fieldset className="fh-choices">
          <legend className="fh-visually-hidden">Appearance</legend>
          {THEMES.map(({ id, label, icon: Icon }) => (
            <label key={id} className="fh-choice">
              <input type="radio" name="theme" checked={theme === id} onChange={() => onThemeChange(id)} />
              <Icon size={18} aria-hidden="true" />
              {label}
            </label>
          ))}
        </fieldset>
      </Card>
      <Card title="Language of apps" description="Of the marketplace and of the apps. The desk itself speaks English.">
        <fieldset className="fh-choices">
          <legend className="fh-visually-hidden">Language of apps</legend>
          {LANGUAGES.map(({ id, label }) => (
            <label key={id} className="fh-choice" lang={id}>
              <input type="radio" name="language" checked={language === id} onChange={() => onLanguageChange(id)} />
              {label}
            </label>
          ))}
        </fieldset>
      </Card>
      <Card title="Team" description="Admins may install apps and change their settings.">
        {error ? <LoadError error={error} onRetry={reload} /> : null}
        <ul className="fh-team">
          {teammates?.map((teammate) => (
            <li key={teammate.id} className="fh-teammate">
              <Avatar name={teammate.name} />
              <span className="fh-team-name">
                <strong>{teammate.name}</strong>
                <small>{teammate.email}</small>
              </span>
              <Badge tone={teammate.role === 'admin' ? 'success' : 'neutral'}>{describeRole(teammate)}</Badge>
            </li>
          ))}
        </ul>
      </Card>
      <p className="fh-muted">
        Looking for apps? They have <a {...linkTo('/apps')}>a page of their own</a>.
      </p>
    </div>
  )
}
