import { useContext } from 'react'
import type { RecordContext, RecordsContext } from '../app/surfaces'
import type { PlainRecord } from '../protocol/messages'
import { isString, isStringArray } from '../protocol/parse'
import { SdkError } from '../sdk-error'
import { sharedContext } from './shared-context'

/** Set by the runtime around each surface it draws. A dialog has none. */
export const SurfaceContextProvider = /* @__PURE__ */ sharedContext<PlainRecord | null>('surface', null)

/**
 * What the product says about the place this surface stands in. It changes when the product's own page does.
 *
 * @throws {SdkError} `UNKNOWN_SURFACE` in a dialog.
 */
export const useSurfaceContext = (): PlainRecord => {
  const context = useContext(SurfaceContextProvider)
  if (!context)
    throw new SdkError(
      'UNKNOWN_SURFACE',
      'useSurfaceContext was called in a dialog, which stands beside no record. Pass what the dialog needs as props of its component.',
    )
  return context
}

/** The record this surface stands beside. */
export const useRecord = (): RecordContext => {
  const { recordId, recordType } = useSurfaceContext()
  if (!isString(recordId) || !isString(recordType))
    throw new SdkError(
      'UNKNOWN_SURFACE',
      'useRecord was called in a surface that stands beside no record. Use useSurfaceContext there.',
    )
  return { recordId, recordType }
}

/**
 * The records this surface stands beside, or is for.
 *
 * @throws {SdkError} `UNKNOWN_SURFACE` where there are none.
 */
export const useRecords = (): RecordsContext => {
  const { recordId, recordIds, recordType } = useSurfaceContext()
  const ids = isStringArray(recordIds, 10_000) ? recordIds : isString(recordId) ? [recordId] : undefined
  if (!ids || !isString(recordType))
    throw new SdkError('UNKNOWN_SURFACE', 'useRecords was called in a surface that is for no records.')
  return { recordIds: ids, recordType }
}
