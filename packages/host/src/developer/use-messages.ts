import { languageOf } from '../language'
import { useSouk } from '../souk-context'
import { english, type Messages } from './messages'
import { german } from './messages-de'

/** The words of the developer and reviewer screens in the user's language; English where it is not shipped. */
export const useMessages = (): Messages => (languageOf(useSouk().context.locale) === 'de' ? german : english)
