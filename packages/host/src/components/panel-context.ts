import type { PlainValue } from '@souk/extension-sdk/protocol'
import { createContext, useCallback, useContext, useMemo, useSyncExternalStore } from 'react'
import type { PropsOf } from './component-props'
import { createPanelStore, type PanelStore, type ValuePath } from './panel-store'

interface Panel {
  readonly store: PanelStore
  readonly variables: NonNullable<PropsOf<'WorkflowPanel'>['variables']>
}

export const PanelContext = createContext<Panel | null>(null)

const NO_PATH: ValuePath = []
/** Where in the values the fields inside stand: an item of a list has its own. */
export const ScopeContext = createContext<ValuePath>(NO_PATH)

/** The label that a VarField shows for the input inside, which then shows none. */
export const OuterLabelContext = createContext<string | undefined>(undefined)

const NO_VARIABLES: Panel['variables'] = []

/** The panel around a field. A field that stands alone has one of its own. */
export const usePanel = (): Panel => {
  const panel = useContext(PanelContext)
  const own = useMemo(() => ({ store: createPanelStore({}, () => undefined), variables: NO_VARIABLES }), [])
  return panel ?? own
}

/** The value of a field by its name, and how to change it. Nothing else is drawn again when it changes. */
export const usePanelValue = (name: string): readonly [PlainValue, (next: PlainValue) => void] => {
  const { store } = usePanel()
  const scope = useContext(ScopeContext)
  const path = useMemo(() => [...scope, name], [scope, name])
  const get = () => store.get(path)
  const value = useSyncExternalStore(store.subscribe, get, get)
  const set = useCallback((next: PlainValue) => store.set(path, next), [store, path])
  return [value, set]
}

/** What a bound field shows as its label: its own, or what names it to those who cannot see the label around it. */
export const useFieldLabel = (
  label: string | undefined,
  name: string,
): { readonly shown?: string; readonly spoken?: string } => {
  const outer = useContext(OuterLabelContext)
  if (label) return { shown: label }
  return outer ? { spoken: outer } : { shown: name }
}
