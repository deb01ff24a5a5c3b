export * from './actions'
export * from './actor'
export * from './policy'
