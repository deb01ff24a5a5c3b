import { type App, type CallTextAction, defineTrigger, Workflow } from '@souk/extension-sdk'
import { showToast } from '@souk/extension-sdk/client'
import { settings } from './app.settings'
import { poll, post } from './messages.server'
import { sendMessage } from './send-message.workflow'

const share = async (text: string) => {
  await post({ channel: 'support', text })
  await showToast({ title: 'Posted to #support', variant: 'success' })
}

const shareText: CallTextAction = {
  id: 'share-text',
  label: 'Post to #support',
  icon: 'send',
  onTrigger: ({ text, speaker }) => share(speaker ? `${speaker}: ${text}` : text),
}

export const app: App = {
  record: {
    actions: [
      {
        id: 'share',
        label: 'Post to #support',
        icon: 'send',
        onTrigger: ({ recordId }) => share(`Look at ${recordId}.`),
      },
    ],
    bulkActions: [
      {
        id: 'share-all',
        label: 'Post to #support',
        onTrigger: ({ recordIds }) => share(`Look at ${recordIds.join(', ')}.`),
      },
    ],
  },
  callRecording: { insight: [shareText], summary: [shareText], transcript: { textActions: [shareText] } },
  workflow: {
    blocks: [sendMessage],
    triggers: [
      defineTrigger({
        id: 'new-message',
        label: 'New message',
        category: 'Team chat',
        schema: {
          inputs: { channel: Workflow.string({ label: 'Channel, or any' }).optional() },
          outputs: { channel: Workflow.string(), text: Workflow.string() },
        },
        execute: poll,
        config: { polling: { intervalMinutes: 5, minIntervalMinutes: 1 } },
      }),
      // Nobody asks for its events: `mentions.webhook.ts` brings them.
      defineTrigger({
        id: 'mention',
        label: 'Somebody mentions the desk',
        category: 'Team chat',
        schema: { inputs: {}, outputs: { channel: Workflow.string(), text: Workflow.string() } },
      }),
    ],
  },
  settings,
}
