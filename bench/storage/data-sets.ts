/** How many rows of each kind a data set has. */
export interface DataSet {
  readonly accounts: number
  readonly apps: number
  readonly deployments: number
  readonly organizations: number
  readonly installations: number
  readonly settings: number
  readonly functionCalls: number
  readonly auditEntries: number
}

/** What a marketplace that has grown large holds. */
export const FULL: DataSet = {
  accounts: 2_000,
  apps: 10_000,
  deployments: 100_000,
  organizations: 100_000,
  installations: 1_000_000,
  settings: 5_000_000,
  functionCalls: 1_000_000,
  auditEntries: 1_000_000,
}

/** The same shape in fewer rows: what each app, organization and installation has of its own stays, their number shrinks. */
export const dividedBy = (divisor: number, set: DataSet = FULL): DataSet => {
  const entries = Object.entries(set).map(([kind, count]) => [kind, Math.max(1, Math.round(count / divisor))])
  // The same keys, each with a number.
  return Object.fromEntries(entries) as unknown as DataSet
}
