import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'

export interface MenuProps {
  /** What is read out for the button when it shows only an icon. */
  readonly label: string
  readonly button: ReactNode
  readonly buttonClassName: string
  readonly placement?: 'below-end' | 'above-start'
  readonly children: ReactNode
}

const itemsOf = (menu: HTMLElement | null): HTMLElement[] => [
  ...(menu?.querySelectorAll<HTMLElement>('[role^="menuitem"]:not([aria-disabled="true"])') ?? []),
]

/** A button with a menu: arrows, Home, End and Escape work, and the focus returns to the button. */
export const Menu = ({ label, button, buttonClassName, placement = 'below-end', children }: MenuProps) => {
  const [isOpen, setOpen] = useState(false)
  const buttonRef = useRef<HTMLButtonElement>(null)
  const menuRef = useRef<HTMLDivElement>(null)
  const id = useId()

  useEffect(() => {
    if (!isOpen) return
    itemsOf(menuRef.current)[0]?.focus()
    const onPointerDown = ({ target }: PointerEvent) => {
      const isInside = target instanceof Node && [menuRef, buttonRef].some(({ current }) => current?.contains(target))
      if (!isInside) setOpen(false)
    }
    document.addEventListener('pointerdown', onPointerDown)
    return () => document.removeEventListener('pointerdown', onPointerDown)
  }, [isOpen])

  const close = () => {
    setOpen(false)
    buttonRef.current?.focus()
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const items = itemsOf(menuRef.current)
    const index = items.indexOf(document.activeElement as HTMLElement)
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: (index + 1) % items.length,
      ArrowUp: (index - 1 + items.length) % items.length,
      Home: 0,
      End: items.length - 1,
    }
    const next = moves[event.key]
    if (next !== undefined) items[next]?.focus()
    else if (event.key === 'Escape') close()
    else {
      if (event.key === 'Tab') setOpen(false)
      return
    }
    event.preventDefault()
  }

  return (
    <div className="fh-menu">
      <button
        ref={buttonRef}
        type="button"
        className={buttonClassName}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        {button}
      </button>
      {isOpen ? (
        <div
          ref={menuRef}
          id={id}
          role="menu"
          tabIndex={-1}
          aria-label={label}
          className="fh-menu-popover"
          data-placement={placement}
          onKeyDown={onKeyDown}
          onClick={(event) => {
            if ((event.target as Element).closest('[role^="menuitem"]')) close()
          }}
        >
          {children}
        </div>
      ) : null}
    </div>
  )
}

export interface MenuItemProps {
  readonly icon?: ReactNode
  readonly description?: string | undefined
  readonly isSelected?: boolean
  readonly isDisabled?: boolean
  readonly onSelect: () => void
  readonly children: ReactNode
}

export const MenuItem = ({ icon, description, isSelected, isDisabled = false, onSelect, children }: MenuItemProps) => (
  <button
    type="button"
    {...(isSelected === undefined
      ? { role: 'menuitem' as const }
      : { role: 'menuitemradio' as const, 'aria-checked': isSelected })}
    aria-disabled={isDisabled || undefined}
    tabIndex={-1}
    className="fh-menu-item"
    onClick={() => isDisabled || onSelect()}
  >
    {icon ? <span className="fh-menu-icon">{icon}</span> : null}
    <span className="fh-menu-text">
      <span>{children}</span>
      {description ? <small>{description}</small> : null}
    </span>
  </button>
)

// A presentational heading: the items after it say in their own text what they are.
export const MenuHeading = ({ children }: { readonly children: ReactNode }) => (
  <div className="fh-menu-heading" role="presentation">
    {children}
  </div>
)

export const MenuSeparator = () => <hr className="fh-menu-separator" />
