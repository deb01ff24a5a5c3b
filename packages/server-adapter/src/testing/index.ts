export * from './http-conformance'
export * from './storage-conformance'
