import type { ExecuteContext } from '@souk/extension-sdk'
import { fetch, InsufficientPermissionsError, NotFoundError, UpstreamServiceError } from '@souk/extension-sdk/server'

const API = 'https://api.swiftpost.example'
/** A token is not used in its last seconds, so that it does not run out on the way. */
const MARGIN_MS = 5_000

let cached: { readonly token: string; readonly until: number } | undefined
let minting: Promise<string> | undefined

const mint = async (): Promise<string> => {
  const response = await fetch(`${API}/token`, { method: 'POST' })
  if (!response.ok)
    throw new InsufficientPermissionsError('Swiftpost refused the client secret. An admin can correct it.')
  const { token, expiresInSeconds } = await response.json()
  cached = { token: String(token), until: Date.now() + Number(expiresInSeconds) * 1000 - MARGIN_MS }
  return cached.token
}

/** Calls at the same time share one token, which is minted once. */
const tokenOf = (): Promise<string> => {
  if (cached && cached.until > Date.now()) return Promise.resolve(cached.token)
  minting ??= mint().finally(() => {
    minting = undefined
  })
  return minting
}

export interface Parcel {
  readonly code: string
  readonly state: string
}

/** What the service has at a path of this parcel. */
const ask = async (code: string, path = '') => {
  const headers = { 'x-token': await tokenOf() }
  const response = await fetch(`${API}/parcels/${encodeURIComponent(String(code))}${path}`, { headers })
  if (response.status === 404) throw new NotFoundError(`Swiftpost knows no parcel ${String(code)}.`)
  if (response.status === 401) cached = undefined
  if (!response.ok) throw new UpstreamServiceError(`Swiftpost answered with ${response.status}.`, response.status)
  return response.json()
}

export const track = async (code: string): Promise<Parcel> => {
  const parcel = await ask(code)
  return { code: String(parcel.code), state: String(parcel.state) }
}

/** The stations of a parcel, each as soon as its page has come. Who leaves saves the pages after it. */
export async function* trace(code: string): AsyncGenerator<string, void, undefined> {
  let page: number | null = 1
  while (page !== null) {
    const { stations, next } = await ask(code, `/stations?page=${page}`)
    for (const station of stations) yield String(station)
    page = next === null ? null : Number(next)
  }
}

/** Tells of a parcel once it has been delivered. */
export const pollDelivery = async (
  { code }: { readonly code: string },
  { state }: ExecuteContext<{ delivered: boolean }>,
) => {
  const parcel = await track(code)
  const delivered = parcel.state === 'delivered'
  return { events: delivered && !state?.delivered ? [parcel] : [], state: { delivered } }
}
