import type { Attributes, Tracer as OpenTelemetryTracer } from '@opentelemetry/api'
import { isSoukError } from './souk-error'

/** Wraps work in a span, when the product has OpenTelemetry. */
export interface Tracer {
  span<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T>
}

const NO_TRACER: Tracer = { span: (_name, _attributes, work) => work() }

/** `SpanStatusCode.ERROR`. The package is optional, and a type alone brings no value. */
const ERROR = 2

/** Spans with the tracer the product passes, such as `trace.getTracer('souk')` of `@opentelemetry/api`; none without. */
export const createTracer = (tracer: OpenTelemetryTracer | undefined): Tracer =>
  tracer === undefined
    ? NO_TRACER
    : {
        span: (name, attributes, work) =>
          tracer.startActiveSpan(name, { attributes }, async (span) => {
            try {
              return await work()
            } catch (error) {
              const code = isSoukError(error) ? error.code : 'INTERNAL'
              // The sentence of an error may quote what a person wrote; its code does not.
              span.setStatus({ code: ERROR, message: code })
              span.setAttribute('souk.error.code', code)
              throw error
            } finally {
              span.end()
            }
          }),
      }
