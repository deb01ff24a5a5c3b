import { WebClient } from 'slack-web-api-7'

export const run = async () => {
  const slack = new WebClient('xoxb-1')
  const { ts } = await slack.chat.postMessage({ channel: 'C1', text: 'Hello' })
  return ts
}
