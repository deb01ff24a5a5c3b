import type { App, RecordAction, RecordWidget } from './surfaces'

/** A surface of an app with the kind the component contract knows it by. */
export type DeclaredSurface =
  | { readonly kind: 'record.actions'; readonly surface: RecordAction }
  | { readonly kind: 'record.widgets'; readonly surface: RecordWidget }

/** Every surface of an app, in the order it was declared. */
export const listSurfaces = (app: App): readonly DeclaredSurface[] => [
  ...(app.record?.actions ?? []).map((surface) => ({ kind: 'record.actions', surface }) as const),
  ...(app.record?.widgets ?? []).map((surface) => ({ kind: 'record.widgets', surface }) as const),
]
