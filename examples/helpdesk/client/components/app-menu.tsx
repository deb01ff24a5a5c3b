import { SurfaceActions, type SurfaceActionsProps } from '@souk/host'
import { Puzzle } from 'lucide-react'
import type { ReactNode } from 'react'
import type { contract } from '../souk/contract'
import { Menu, MenuItem } from './menu'

type Place = SurfaceActionsProps<typeof contract, keyof typeof contract.surfaces>

export type AppMenuProps = Pick<Place, 'name' | 'context'> & { readonly label: string; readonly icon: ReactNode }

/** What apps offer to do in a place, as a menu; nothing where none offers anything. */
export const AppMenu = ({ name, context, label, icon }: AppMenuProps) => (
  <SurfaceActions<typeof contract>
    name={name}
    context={context}
    render={(actions) =>
      actions.length === 0 ? null : (
        <Menu label={label} buttonClassName="fh-icon-button" button={icon}>
          {actions.map((action) => (
            <MenuItem
              key={action.key}
              icon={<Puzzle size={16} />}
              description={action.appTitle}
              isDisabled={action.isRunning}
              onSelect={() => void action.run()}
            >
              {action.label}
            </MenuItem>
          ))}
        </Menu>
      )
    }
  />
)
