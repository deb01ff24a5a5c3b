import { getCurrentUser } from '@souk/extension-sdk/server'

export const greet = async (recordId: string, signature: string): Promise<string> =>
  `Hello ${(await getCurrentUser()).name ?? 'there'}, about ${recordId}. ${signature}`
