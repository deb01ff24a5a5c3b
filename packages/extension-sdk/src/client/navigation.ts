import type { RecordContext } from '../app/surfaces'
import { getClientRuntime } from './client-runtime'

/** Leads to a page of the product. `path` starts with one slash. */
export const navigateTo = async (path: string): Promise<void> => {
  await getClientRuntime('navigateTo').request('navigate', { path })
}

/** Leads to a record of the product. */
export const openRecord = async ({ recordType, recordId }: RecordContext): Promise<void> => {
  await getClientRuntime('openRecord').request('open-record', { recordType, recordId })
}

/** Opens an https:, mailto: or tel: address outside the product. */
export const openUrl = async (url: string): Promise<void> => {
  await getClientRuntime('openUrl').request('open-url', { url })
}
