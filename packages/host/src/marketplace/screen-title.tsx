import { createContext, useContext, useEffect } from 'react'
import { useSouk } from '../souk-context'

/** Hears the title of the screen that is shown. */
export const ScreenTitleContext = createContext<((title: string) => void) | undefined>(undefined)

/** The one heading of level 1 of a screen, which the product may show as the title of its page. */
export const ScreenTitle = ({ children }: { readonly children: string }) => {
  const { Heading } = useSouk().registry.components
  const onTitleChange = useContext(ScreenTitleContext)
  useEffect(() => onTitleChange?.(children), [onTitleChange, children])
  return <Heading level="1">{children}</Heading>
}
