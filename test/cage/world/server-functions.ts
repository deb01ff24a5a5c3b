/** A server bundle as `souk build` writes one: a public function, one that client code may not call, and a counter. */
export const SERVER_BUNDLE = `
let count = 0
export const functions = Object.assign({ __proto__: null }, {
  'src/orders.server.ts#findOrders': async (name) => 'orders of ' + name,
  'src/orders.server.ts#inner': async () => 'inner',
  'src/orders.server.ts#count': async () => ++count,
})
`

export const SERVER_FUNCTIONS = [
  { id: 'src/orders.server.ts#count', callable: true },
  { id: 'src/orders.server.ts#findOrders', callable: true },
  { id: 'src/orders.server.ts#inner', callable: false },
]
