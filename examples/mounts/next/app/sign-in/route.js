import { signIn } from '../../../session.mjs'

export const dynamic = 'force-dynamic'
export const GET = () => new Response('Welcome.', { headers: { 'set-cookie': signIn('ada') } })
