import type { PlainValue } from '@souk/extension-sdk/protocol'

/** The edits of one field on their way to the extension. */
export interface EditQueue<Edit> {
  /** @returns What the extension answered; undefined for an edit that a later one has replaced before it could be sent. */
  add(edit: Edit): Promise<PlainValue>
}

/** A user who is faster than the extension has so many edits under way; of those that come then, only the last one is sent. */
const UNDER_WAY = 16

/** Sends the edits of one field in their order, and leaves out what is out of date before it could be sent. The last one is never left out. */
export const createEditQueue = <Edit>(send: (edit: Edit) => Promise<PlainValue>): EditQueue<Edit> => {
  let underWay = 0
  let waiting: { readonly edit: Edit; readonly resolve: (answer: PlainValue | Promise<PlainValue>) => void } | undefined

  const run = async (edit: Edit): Promise<PlainValue> => {
    underWay++
    try {
      return await send(edit)
    } finally {
      underWay--
      const next = waiting
      waiting = undefined
      next?.resolve(run(next.edit))
    }
  }

  return {
    add(edit) {
      if (underWay < UNDER_WAY) return run(edit)
      waiting?.resolve(undefined)
      return new Promise((resolve) => {
        waiting = { edit, resolve }
      })
    },
  }
}
