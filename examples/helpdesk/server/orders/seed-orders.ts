import { CUSTOMERS } from '../seed/customers'
import type { Order, OrderItem } from './order'

type Line = readonly [sku: string, name: string, priceCents: number, quantity?: number]

const order = (
  number: number,
  customerId: string,
  status: Order['status'],
  daysAgo: number,
  tracking: string | null,
  lines: readonly Line[],
) => ({ number, customerId, status, daysAgo, tracking, lines })

const ORDERS = [
  order(1029, 'acme-jonas', 'delivered', 21, 'BRG-7710-4418', [['ROPE-98-60', 'Summit rope 9.8 mm, 60 m', 18900]]),
  order(1031, 'acme-owen', 'delivered', 19, 'ANP-1190-3375', [['SQ-JKT-L', 'Squall rain jacket, L', 21900]]),
  order(1036, 'acme-lena', 'delivered', 15, 'DPD-5521-0087', [['MAT-R', 'Drift sleeping mat, regular', 8900, 2]]),
  order(1042, 'acme-lena', 'delivered', 3, 'DPD-5529-7714', [
    ['RT-2P', 'Ridgeline tent, 2 persons', 32900],
    ['RT-FLY', 'Ridgeline rain fly, moss', 8900],
    ['PEG-8', 'Alloy pegs, set of 8', 1490],
  ]),
  order(1044, 'acme-chloe', 'delivered', 6, 'CLP-8820-1946', [['TRV-45', 'Traverse backpack, 45 l', 14900]]),
  order(1047, 'acme-tomas', 'shipped', 5, 'SEU-2203-6581', [
    ['EMB-2', 'Ember stove, 2 burners', 11900],
    ['GAS-230', 'Gas cartridge, 230 g', 690, 4],
  ]),
  order(1051, 'acme-priya', 'delivered', 9, 'PNL-3312-0450', [['MOR-40', 'Moraine hiking boots, 40', 18900]]),
  order(1058, 'acme-jonas', 'processing', 1, null, [['HRN-M', 'Summit harness, M', 6490, 6]]),
  order(1060, 'acme-marta', 'processing', 1, null, [['SLP-5', 'Hollow sleeping bag, -5 °C', 15900]]),
  order(1063, 'acme-eli', 'delivered', 12, 'BPO-4471-2208', [
    ['HLM-U', 'Ledge helmet, one size', 5990, 10],
    ['CRB-S', 'Screwgate carabiner', 1290, 20],
  ]),
  order(1066, 'acme-lena', 'shipped', 2, 'DPD-5530-1182', [['BTL-1', 'Steel bottle, 1 l', 2990, 2]]),
  order(1102, 'globex-sofia', 'delivered', 23, 'GLS-9014-5527', [['AUR-E1', 'Aurora espresso machine', 54900]]),
  order(1107, 'globex-henrik', 'shipped', 8, 'DAO-6607-1213', [['CHR-OAK', 'Nyhavn dining chair, oak', 17900, 4]]),
  order(1110, 'globex-pieter', 'processing', 10, null, [['OVN-D2', 'Deck oven, 2 decks', 489000]]),
  order(1113, 'globex-yuki', 'delivered', 40, 'DHL-1180-7792', [['HAL-30', 'Halo table lamp, 30 cm', 12900]]),
  order(1115, 'globex-amara', 'delivered', 14, 'CTT-3345-0098', [['SOF-3', 'Tejo sofa, 3 seats', 124900]]),
  order(1121, 'globex-ines', 'delivered', 7, 'CTT-3346-8815', [['CSH-50', 'Linen cushion, 50 cm', 3490, 2]]),
  order(1124, 'globex-david', 'refunded', 18, null, [['SHF-5', 'Oak bookshelf, 5 boards', 23900]]),
]

const DAY_MS = 86_400_000

/** The orders of the customers of both organizations, with dates that stay recent. */
export const seedOrders = (now: Date): readonly Order[] =>
  ORDERS.map(({ number, customerId, status, daysAgo, tracking, lines }) => {
    const customer = CUSTOMERS.find(({ id }) => id === customerId)
    if (!customer) throw new Error(`Seed order NW-${number} needs a known customer.`)
    const items = lines.map(([sku, name, priceCents, quantity = 1]): OrderItem => ({ sku, name, quantity, priceCents }))
    const totalCents = items.reduce((sum, { priceCents, quantity }) => sum + priceCents * quantity, 0)
    return {
      id: `NW-${number}`,
      customer: { name: customer.name, email: customer.email },
      status,
      placedAt: new Date(now.getTime() - daysAgo * DAY_MS - (number % 9) * 3_600_000).toISOString(),
      totalCents,
      currency: 'EUR',
      items,
      tracking,
      refundedCents: status === 'refunded' ? totalCents : 0,
    }
  })
