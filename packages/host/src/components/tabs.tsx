import { createContext, useContext } from 'react'
import { Tab as AriaTab, Tabs as AriaTabs, type Key, TabList, TabPanel } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { useOwnValue } from './use-own-value'

/** Each Tab is drawn twice: as the tab in the list, and as what it shows. */
const PartContext = createContext<'tab' | 'panel'>('panel')

export const Tabs = ({ label, value, orientation = 'horizontal', onChange, children, methodsRef }: PropsOf<'Tabs'>) => {
  // An empty value is one that nobody has chosen yet.
  const [selected, setOwn] = useOwnValue(value || undefined, '')
  return (
    <AriaTabs
      ref={methodsRef}
      className="souk-tabs"
      orientation={orientation}
      // Controlled and without a choice, which the types leave out: then the tabs ask for the first one.
      selectedKey={(selected || null) as Key}
      onSelectionChange={(key) => {
        setOwn(String(key))
        // The first tab is chosen by the tabs themselves, which is no news.
        if (selected !== '') onChange?.(String(key))
      }}
    >
      <PartContext.Provider value="tab">
        <TabList className="souk-tab-list" aria-label={label}>
          {children}
        </TabList>
      </PartContext.Provider>
      <PartContext.Provider value="panel">{children}</PartContext.Provider>
    </AriaTabs>
  )
}

export const Tab = ({ id, label, disabled = false, children }: PropsOf<'Tab'>) =>
  useContext(PartContext) === 'tab' ? (
    <AriaTab id={id} className="souk-tab" isDisabled={disabled}>
      {label}
    </AriaTab>
  ) : (
    <TabPanel id={id} className="souk-tab-panel">
      {children}
    </TabPanel>
  )
