import type { ComponentType } from 'react'
import type { Contract, SurfaceContext, SurfaceContract } from '../protocol/contract'
import type { StandardContract } from '../protocol/standard-contract'
import type { Toolset } from '../protocol/tool'
import type { SettingsFields } from '../settings/builders'
import type { Tool } from '../tools/define-tool'
import type { QuickAction, WorkflowBlock, WorkflowTrigger } from './workflow'

/** The record a surface stands beside. */
export interface RecordContext {
  readonly recordId: string
  readonly recordType: string
}

/** The records that are selected in a list. */
export interface RecordsContext {
  readonly recordIds: readonly string[]
  readonly recordType: string
}

/** Text that is selected in what is known of a call. */
export interface CallTextContext {
  readonly callRecordingId: string
  readonly text: string
  /** Of a selection in an insight. */
  readonly insightId?: string | undefined
  /** Of a selection in the transcript. */
  readonly speaker?: string | undefined
}

/** What every surface has. */
export interface SurfaceBase<Context> {
  /** Unique among the surfaces of its kind, and stable over versions. */
  readonly id: string
  /** What the user reads. */
  readonly label: string
  readonly description?: string
  /** The name of an icon of the product. */
  readonly icon?: string
  /** The name of a colour of the product. */
  readonly color?: string
  /** Runs in the frame when the product asks. Without it, the surface is always shown. */
  readonly shouldShow?: (context: Context) => boolean | Promise<boolean>
}

interface RecordSurface<Context> extends SurfaceBase<Context> {
  /** The record types it is for; every type when absent. */
  readonly recordTypes?: readonly string[]
}

/** Something a user can start from a record's menu. */
export interface RecordAction extends RecordSurface<RecordContext> {
  readonly onTrigger: (context: RecordContext) => unknown
}

/** Something a user can start for several records at once. */
export interface BulkRecordAction extends RecordSurface<RecordsContext> {
  readonly onTrigger: (context: RecordsContext) => unknown
}

/** A component beside a record. It receives the record as props. */
export interface RecordWidget extends RecordSurface<RecordContext> {
  readonly component: ComponentType<RecordContext>
}

/** Something a user can start for text of a call that is selected. */
export interface CallTextAction extends SurfaceBase<CallTextContext> {
  readonly onTrigger: (context: CallTextContext) => unknown
}

type TextActions = readonly CallTextAction[] | { readonly textActions: readonly CallTextAction[] }

type OwnSurfaces<C extends Contract> = Exclude<keyof C['surfaces'] & string, keyof StandardContract['surfaces']>

/** A surface of a kind that a product declares in its contract. */
export type ProductSurface<S extends SurfaceContract> = RecordSurface<SurfaceContext<S>> &
  (S['behavior'] extends 'render'
    ? { readonly component: ComponentType<SurfaceContext<S>> }
    : { readonly onTrigger: (context: SurfaceContext<S>) => unknown })

/**
 * An app: where it appears in the product, what it does there, and what it lets people set.
 *
 * @typeParam C The contract of the product, for the surfaces that it declares itself: `App<typeof contract>`.
 */
export interface App<C extends Contract = StandardContract> {
  /** A page that is the app's own. What `src/app.tsx` exports as `App` is it too. */
  readonly page?: ComponentType
  readonly record?: {
    readonly actions?: readonly RecordAction[]
    readonly bulkActions?: readonly BulkRecordAction[]
    readonly widgets?: readonly RecordWidget[]
  }
  readonly callRecording?: {
    readonly insight?: TextActions
    readonly summary?: TextActions
    readonly transcript?: TextActions
  }
  readonly workflow?: {
    readonly blocks?: readonly WorkflowBlock[]
    readonly triggers?: readonly WorkflowTrigger[]
  }
  readonly quickActions?: readonly QuickAction[]
  /** By the name of the place in the product's contract: `{ 'ticket.sidebar': [...] }`. */
  readonly surfaces?: { readonly [K in OwnSurfaces<C>]?: readonly ProductSurface<C['surfaces'][K]>[] }
  /**
   * The tools of its `*.tool.ts` files. Every one of those is offered, named here or not.
   */
  readonly tools?: readonly Tool[]
  /** Tools that agents get together, by the `toolsetSlug` of each. */
  readonly toolsets?: readonly Toolset[]
  readonly settings?: {
    /** Filled in by an admin, for everybody. */
    readonly organization?: SettingsFields
    /** Filled in by each user. */
    readonly user?: SettingsFields
  }
}
