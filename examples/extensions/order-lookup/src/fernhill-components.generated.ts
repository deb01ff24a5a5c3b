// Made by `souk contract generate`. Change the contract, and run it again.
import { createComponent } from '@souk/extension-sdk/client'

/** Until when something has to be done, and how long that is. */
export const Deadline = createComponent('Deadline', {
  "description": "Until when something has to be done, and how long that is.",
  "props": {
    "label": {
      "type": "string"
    },
    "at": {
      "type": "string",
      "maxLength": 40
    }
  },
  "events": {},
  "children": false,
  "slots": [],
  "named": [
    "label"
  ]
})
