export type Isolation = 'origin' | 'opaque'

/**
 * Where the hostile code runs.
 *
 * `worker`: where extensions run, behind everything we have. `unfiltered`: the same worker, had the removal of dangerous globals failed,
 * so that the frame's policy stands alone. `frame`: in the frame's document in place of our boot script, had worker and relay both fallen.
 */
export type Realm = 'worker' | 'unfiltered' | 'frame'

export type Theme = 'network' | 'storage' | 'page' | 'protocol' | 'interface' | 'resources' | 'server' | 'escape'

/** One attack, as data. Whether it succeeded is seen from outside: see `judge.ts`. */
export interface Attack {
  readonly id: string
  readonly title: string
  readonly theme: Theme
  /** Default `worker`. */
  readonly realm?: Realm
  /**
   * The body of an async function of the malicious extension. What it finds there is written in `hostile-code.ts`:
   * `url(name)` and `dns(name)` lead to the collector, `leak(text)` hands over what was stolen, `show(element)` draws, and so on.
   */
  readonly code: string
  /** Runs before the runtime is started, while the bundle loads. Then `code` may not await anything. */
  readonly early?: true
  /** Burns a processor for long, in a way that another attack burns it too: `npm test` leaves it to `npm run test:cage`. */
  readonly isLong?: boolean
  /** Runs in a page of its own: it disturbs others, or others would hide what it does. */
  readonly alone?: true
  /** How long effects may take to show after the code has ended, in milliseconds. Default 250. */
  readonly settleMs?: number
  /** The user presses every button the extension has drawn. */
  readonly press?: true
  /**
   * The body of an async function that runs in the product's page afterwards, with `box` (the element around the extension) and `cage` (what the
   * page has noted). It returns a sentence when the attack has succeeded.
   */
  readonly seen?: string
  /** Facts of the page that the services of the product may change, such as `the focus` by a dialog. See `page-facts.ts`. */
  readonly allows?: readonly string[]
  /** Modes in which frames may share a process, which this attack ends: the sibling may then end as well, in its notice with a retry. */
  readonly mayEndSibling?: readonly Isolation[]
  /** What cannot be blocked, and why. The suite expects it to succeed there and says so in `docs/security.md`. */
  readonly notBlockable?: { readonly modes: readonly Isolation[]; readonly because: string }
}

export type Outcome = 'blocked' | 'succeeded' | 'inconclusive'

export interface AttackResult {
  readonly id: string
  readonly title: string
  readonly theme: Theme
  readonly realm: Realm
  readonly mode: Isolation
  readonly outcome: Outcome
  readonly evidence: string
}

export interface ControlResult {
  readonly id: string
  /** What was switched off. */
  readonly weakened: string
  readonly mode: Isolation
  readonly caught: boolean
  /** The attacks that succeeded. */
  readonly succeeded: readonly string[]
}
