/** One step of the schema. Once released it never changes; the next step gets the next number. */
export interface Migration {
  readonly id: number
  readonly name: string
  /** Statements, run one by one in one transaction. `s` is the quoted schema. */
  readonly statements: (s: string) => readonly string[]
}
