import { languageOf } from '../language'
import { useSouk } from '../souk-context'
import { english, type Messages } from './messages'
import { german } from './messages-de'

/** The words of the screens in the language of a locale; English where it is not shipped. */
export const messagesFor = (locale: string): Messages => (languageOf(locale) === 'de' ? german : english)

/** The words of the screens in the user's language, as the product told it. */
export const useMessages = (): Messages => messagesFor(useSouk().context.locale)
