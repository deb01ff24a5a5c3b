import { defineContract, standardContract } from '@souk/host'

/**
 * What extensions may be drawn with in Fernhill Desk: the standard components, and the desk's own clock.
 * Where they may be: the standard places, and beside a conversation.
 *
 * After a change, run `npx souk contract generate client/souk/contract.ts --out <app>/src/fernhill-components.generated.ts`.
 */
export const contract = defineContract({
  components: {
    ...standardContract.components,
    Deadline: {
      description: 'Until when something has to be done, and how long that is.',
      props: {
        label: { type: 'string' },
        /** A date and time in ISO 8601. */
        at: { type: 'string', maxLength: 40 },
      },
      events: {},
      children: false,
      slots: [],
      named: ['label'],
    },
  },
  surfaces: {
    ...standardContract.surfaces,
    'ticket.sidebar': {
      description: 'Beside the conversation, below the properties of the ticket.',
      behavior: 'render',
      context: { ticketId: { type: 'string' }, subject: { type: 'string' } },
    },
  },
})
