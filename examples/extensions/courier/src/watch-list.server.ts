import { InvalidInputError, storage } from '@souk/extension-sdk/server'
import { type Parcel, track } from './track.server'

const KEY = 'watched'
export const MOST_WATCHED = 20

/** The parcels that the organization watches, where they are now, in the order they were added. */
export const watched = async (): Promise<readonly Parcel[]> => {
  const codes = (await storage.get<readonly string[]>(KEY)) ?? []
  return Promise.all(codes.map(track))
}

/** Adds a parcel. Two people who add one each at the same moment find both. */
export const watch = async (code: string): Promise<void> => {
  // Asked first: one that the courier does not know is refused before it is in the list.
  const parcel = await track(code)
  await storage.update<readonly string[]>(KEY, (codes = []) => {
    if (codes.includes(parcel.code)) return codes
    if (codes.length >= MOST_WATCHED)
      throw new InvalidInputError(`At most ${MOST_WATCHED} parcels can be watched. Remove one first.`, {
        code: `The list has ${MOST_WATCHED} parcels already.`,
      })
    return [...codes, parcel.code]
  })
}

export const unwatch = async (code: string): Promise<void> =>
  void (await storage.update<readonly string[]>(KEY, (codes = []) => codes.filter((known) => known !== code)))
