import { AsyncResource } from 'node:async_hooks'
import type { Attributes, Tracer as OpenTelemetryTracer } from '@opentelemetry/api'
import { isSoukError } from './souk-error'

/** The span of what is going on. */
export interface ActiveSpan {
  set(attributes: Attributes): void
  /** A span inside of this one, also for what begins in an event of its own. */
  child: Tracer['span']
}

/** Wraps work in a span, when the product has OpenTelemetry. */
export interface Tracer {
  span<T>(name: string, attributes: Attributes, work: (span: ActiveSpan) => Promise<T>): Promise<T>
}

const NO_SPAN: ActiveSpan = { set() {}, child: (_name, _attributes, work) => work(NO_SPAN) }
const NO_TRACER: Tracer = { span: NO_SPAN.child }

/** `SpanStatusCode.ERROR`. The package is optional, and a type alone brings no value. */
const ERROR = 2

/** Spans with the tracer the product passes, such as `trace.getTracer('souk')` of `@opentelemetry/api`; none without. */
export const createTracer = (tracer: OpenTelemetryTracer | undefined): Tracer => {
  if (tracer === undefined) return NO_TRACER
  const span: Tracer['span'] = (name, attributes, work) =>
    tracer.startActiveSpan(name, { attributes }, async (open) => {
      // What a process asks for arrives in an event of a socket, which knows nothing of this span.
      const inside = AsyncResource.bind(<R>(run: () => R): R => run())
      try {
        const result = await work({
          set: (more) => void open.setAttributes(more),
          child: (inner, about, action) => inside(() => span(inner, about, action)),
        })
        open.setAttribute('souk.outcome', 'ok')
        return result
      } catch (error) {
        const code = isSoukError(error) ? error.code : 'INTERNAL'
        // The sentence of an error may quote what a person wrote; its code does not.
        open.setStatus({ code: ERROR, message: code })
        open.setAttributes({ 'souk.outcome': 'error', 'souk.error.code': code })
        throw error
      } finally {
        open.end()
      }
    })
  return { span }
}
