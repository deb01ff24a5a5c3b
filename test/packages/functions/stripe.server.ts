import Stripe from 'stripe'

export const run = async () => {
  const stripe = new Stripe('sk_test_1')
  const { id } = await stripe.customers.create({ email: 'ada@example.com', metadata: { seat: '4' } })
  return id
}
