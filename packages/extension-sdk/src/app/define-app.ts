import type { App } from './surfaces'

/** Checks an app while you write it and gives it back unchanged. `export const app: App = { ... }` does the same. */
export const defineApp = <const A extends App>(app: A): A => app
