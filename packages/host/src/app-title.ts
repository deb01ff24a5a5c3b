import { createContext, useContext } from 'react'

/** The app whose extension draws what is inside. */
export const AppTitleContext = createContext<string | undefined>(undefined)

/**
 * The title of the app that a component is drawn for; absent where the product itself draws.
 *
 * A component that stands over the page, such as a dialog, shows it: else an extension could pass for the product.
 */
export const useAppTitle = (): string | undefined => useContext(AppTitleContext)
