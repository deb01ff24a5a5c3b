import { useContext } from 'react'
import { SoukContext } from '../souk-context'

/** The theme of the product, for elements that stand outside of its tree, such as dialogs. */
export const useThemeAttribute = (): { readonly 'data-souk-theme'?: string } => {
  const theme = useContext(SoukContext)?.context.theme
  return theme ? { 'data-souk-theme': theme } : {}
}
