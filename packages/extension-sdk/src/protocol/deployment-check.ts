/** What `souk doctor` and the self-test in the browser say of one promise of the cage, on a real deployment. */
export interface DeploymentCheck {
  /** Stable, for programs. */
  readonly id: string
  /** The promise, as a sentence. */
  readonly title: string
  /** `warning`: it holds, but one layer of several is missing. `unknown`: it could not be looked at from here. */
  readonly status: 'ok' | 'problem' | 'warning' | 'unknown'
  /** What was seen, if it is not ok. */
  readonly found?: string
  /** What could happen. */
  readonly why?: string
  /** What to do. */
  readonly fix?: string
}
