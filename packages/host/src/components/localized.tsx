import { type ReactNode, useContext } from 'react'
import { I18nProvider } from 'react-aria-components'
import { SoukContext } from '../souk-context'

/** Has everything inside speak and read in the product's language and direction, and not in the browser's. */
export const Localized = ({ children }: { readonly children: ReactNode }) => {
  const locale = useContext(SoukContext)?.context.locale
  return locale ? <I18nProvider locale={locale}>{children}</I18nProvider> : children
}
