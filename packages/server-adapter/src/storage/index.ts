export * from './records'
export * from './storage'
export * from './storage-error'
