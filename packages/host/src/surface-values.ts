import { createContext, useContext } from 'react'

/** Told of the values of the panel that is drawn inside, whenever the user changes one. */
export const SurfaceValuesContext = createContext<((values: unknown) => void) | undefined>(undefined)

/**
 * What a `WorkflowPanel` of a product's own calls with its values after each change, so that `<Surface onValuesChange>` hears of it.
 * Absent where nobody listens.
 */
export const useSurfaceValues = (): ((values: unknown) => void) | undefined => useContext(SurfaceValuesContext)
