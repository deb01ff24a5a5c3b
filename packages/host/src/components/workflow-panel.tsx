import type { PlainValue } from '@souk/extension-sdk/protocol'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { PropsOf } from './component-props'
import { PanelContext } from './panel-context'
import { changedFields, createPanelStore } from './panel-store'

const NO_VARIABLES: NonNullable<PropsOf<'WorkflowPanel'>['variables']> = []

export const WorkflowPanel = ({
  label,
  values,
  variables = NO_VARIABLES,
  onValuesChange,
  children,
  methodsRef,
}: PropsOf<'WorkflowPanel'>) => {
  const listener = useRef(onValuesChange)
  useEffect(() => {
    listener.current = onValuesChange
  }, [onValuesChange])
  const [store] = useState(() => createPanelStore(values, (next) => listener.current?.(next)))
  const given = useRef<PlainValue>(values)
  useEffect(() => {
    const changes = changedFields(given.current, values)
    given.current = values
    for (const [name, value] of changes) store.set([name], value)
  }, [store, values])
  const panel = useMemo(() => ({ store, variables }), [store, variables])
  return (
    <PanelContext.Provider value={panel}>
      <section ref={methodsRef} className="souk-panel" aria-label={label}>
        {children}
      </section>
    </PanelContext.Provider>
  )
}
