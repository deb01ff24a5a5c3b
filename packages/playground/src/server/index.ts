/** The server of the playground, as `souk dev` and `souk functions run` load it. */
export { runFunction } from './run-function'
export { startPlayground } from './start-playground'
