export * from './function-runtime'
