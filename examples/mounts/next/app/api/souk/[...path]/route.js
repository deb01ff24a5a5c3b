import { toNextHandlers } from '@souk/server-adapter/next'
import { getSouk } from '../../../../souk.js'

export const dynamic = 'force-dynamic'
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toNextHandlers(getSouk)
