/** Stands for `node:https` in server bundles. */
import { Agent, createHttp } from './create-http'

export const { request, get, createServer, globalAgent } = createHttp('https:')
export { Agent }

export default { request, get, createServer, globalAgent, Agent }
