import { ChevronsUpDown, LogOut } from 'lucide-react'
import { api, type Person } from '../api'
import { useResource } from '../use-resource'
import { Avatar } from './avatar'
import { Menu, MenuHeading, MenuItem, MenuSeparator } from './menu'

export interface UserMenuProps {
  readonly person: Person
  readonly onPersonChange: (person: Person | null) => void
}

export const UserMenu = ({ person, onPersonChange }: UserMenuProps) => {
  const { data: people } = useResource(api.people)
  return (
    <Menu
      label={`Signed in as ${person.name}`}
      placement="above-start"
      buttonClassName="fh-user-button"
      button={
        <>
          <Avatar name={person.name} />
          <span className="fh-user-name">
            <strong>{person.name}</strong>
            <small>{describeRole(person)}</small>
          </span>
          <ChevronsUpDown size={16} aria-hidden="true" />
        </>
      }
    >
      <MenuHeading>Continue as</MenuHeading>
      {people?.map((other) => (
        <MenuItem
          key={other.id}
          icon={<Avatar name={other.name} size="small" />}
          description={`${describeRole(other)}, ${other.organization.name}`}
          isSelected={other.id === person.id}
          onSelect={async () => onPersonChange(await api.signIn(other.id))}
        >
          {other.name}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem
        icon={<LogOut size={16} />}
        onSelect={async () => {
          await api.signOut()
          onPersonChange(null)
        }}
      >
        Sign out
      </MenuItem>
    </Menu>
  )
}

/** What this person may do here, in one word or two. */
export const describeRole = ({ role, reviewer, organization }: Person): string => {
  if (reviewer) return 'Reviewer'
  if (organization.id === 'northwind') return 'Developer'
  return role === 'admin' ? 'Admin' : 'Member'
}
