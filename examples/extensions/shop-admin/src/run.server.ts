import { InvalidInputError } from '@souk/extension-sdk/server'
import { ask } from './ask.server'
import { fieldsOf, OPERATIONS, RESOURCES, slugOf } from './resources'

/** One step for every resource and operation: it sends the fields of the chosen resource and nothing of the others. */
export default async (input: Readonly<Record<string, unknown>>) => {
  const resource = RESOURCES.find((one) => one === input.resource)
  const operation = OPERATIONS.find((one) => one === input.operation)
  if (!resource) throw new InvalidInputError('Refused.', { resource: 'Choose what it is about.' })
  if (!operation) throw new InvalidInputError('Refused.', { operation: 'Choose what to do.' })
  const values = fieldsOf(resource).flatMap(({ name, key }) =>
    input[name] === undefined || input[name] === '' ? [] : [[key, input[name]] as const],
  )
  const answer = await ask<{ id: string }>(`/${slugOf(resource)}/${operation}`, Object.fromEntries(values))
  return { id: String(answer.id) }
}
