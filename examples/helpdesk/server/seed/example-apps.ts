import { createService as createCourier } from '../../../extensions/courier/fake/service'
import { createService as createPayments } from '../../../extensions/payments/fake/service'
import { createService as createShop } from '../../../extensions/shop-admin/fake/service'
import { createService as createTables } from '../../../extensions/table-base/fake/service'
import { createService as createChat } from '../../../extensions/team-chat/fake/service'

interface Service {
  fetch(request: Request): Promise<Response>
}

export interface ExampleApp {
  /** Its folder below `examples/extensions`, and its slug. */
  readonly name: string
  /** The service it talks to: the host it asks for, and what answers there. */
  readonly service?: { readonly host: string; create(token: string): Service }
}

/** What an admin types into the settings of an example app. It opens nothing but the services of this process. */
export const EXAMPLE_TOKEN = 'example-token'

/** Of customers whose tickets are in the desk. */
const PAYMENTS = [
  { id: 'pay-1048', customer: 'T-2048', amount: 432.9, refunded: 0 },
  { id: 'pay-1036', customer: 'T-2048', amount: 24.5, refunded: 24.5 },
  { id: 'pay-1047', customer: 'T-2047', amount: 89, refunded: 0 },
]

export const EXAMPLE_APPS: readonly ExampleApp[] = [
  { name: 'starter' },
  { name: 'team-chat', service: { host: 'api.parley.example', create: createChat } },
  { name: 'shop-admin', service: { host: 'api.stallholder.example', create: createShop } },
  { name: 'table-base', service: { host: 'api.gridwork.example', create: createTables } },
  { name: 'courier', service: { host: 'api.swiftpost.example', create: createCourier } },
  {
    name: 'payments',
    service: { host: 'api.tillbox.example', create: (token) => createPayments(token, PAYMENTS) },
  },
]
