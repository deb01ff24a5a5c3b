interface TabsProps<Id extends string> {
  readonly label: string
  readonly tabs: readonly { readonly id: Id; readonly label: string }[]
  readonly current: Id | undefined
  readonly onChange: (id: Id) => void
}

/** Navigation between the sections of a screen. Places, not ARIA tabs: each is a route of the marketplace. */
export const Tabs = <Id extends string>({ label, tabs, current, onChange }: TabsProps<Id>) => (
  <nav className="souk-marketplace-tabs" aria-label={label}>
    {tabs.map((tab) => (
      <button
        key={tab.id}
        type="button"
        className="souk-marketplace-tab"
        aria-current={tab.id === current ? 'page' : undefined}
        onClick={() => onChange(tab.id)}
      >
        {tab.label}
      </button>
    ))}
  </nav>
)
