import { runSelfTest } from '@souk/host'

Reflect.set(globalThis, 'runSelfTest', runSelfTest)
