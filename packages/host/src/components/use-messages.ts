import { useContext } from 'react'
import { languageOf } from '../language'
import { SoukContext } from '../souk-context'
import { english, type Messages } from './messages'
import { german } from './messages-de'

/** The components' own words in the user's language; English where it is not shipped, and outside of a provider. */
export const useMessages = (): Messages => {
  const locale = useContext(SoukContext)?.context.locale
  return locale && languageOf(locale) === 'de' ? german : english
}
