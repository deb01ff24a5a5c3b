const QUIET_TURNS = 6
const MAX_TURNS = 5_000

/** Lets everything that has been scheduled happen: returns when nothing changed for several turns of the event loop. */
export const settle = async (progress: () => number): Promise<void> => {
  let quiet = 0
  let before = progress()
  for (let turn = 0; quiet < QUIET_TURNS && turn < MAX_TURNS; turn++) {
    await new Promise((resolve) => setImmediate(resolve))
    const now = progress()
    quiet = now === before ? quiet + 1 : 0
    before = now
  }
}
