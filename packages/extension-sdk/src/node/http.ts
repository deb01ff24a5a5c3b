/** Stands for `node:http` in server bundles, so that packages which bring no build for `fetch` reach the egress broker too. */
import { STATUS_CODES } from 'node:http'
import { ClientRequest, IncomingMessage } from './client-request'
import { Agent, createHttp, METHODS } from './create-http'

export const { request, get, createServer, globalAgent } = createHttp('http:')
export { Agent, ClientRequest, IncomingMessage, METHODS, STATUS_CODES }

export default { request, get, createServer, globalAgent, Agent, ClientRequest, IncomingMessage, METHODS, STATUS_CODES }
