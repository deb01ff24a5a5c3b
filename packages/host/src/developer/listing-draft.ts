import type { AppListing } from '@souk/extension-sdk/protocol'

/** The listing as a form holds it: every field is text. */
type ListingDraft = Readonly<Record<keyof AppListing, string>>

export const toDraft = (listing: AppListing): ListingDraft => ({
  title: listing.title,
  description: listing.description,
  category: listing.category ?? '',
  tags: listing.tags.join(', '),
  avatarUrl: listing.avatarUrl ?? '',
  overview: listing.overview ?? '',
  contentHowItWorks: listing.contentHowItWorks ?? '',
  contentConfigure: listing.contentConfigure ?? '',
  screenshots: listing.screenshots.join('\n'),
  websiteUrl: listing.websiteUrl ?? '',
  documentationUrl: listing.documentationUrl ?? '',
  supportUrl: listing.supportUrl ?? '',
  termsUrl: listing.termsUrl ?? '',
})

/** What the form would save: an empty text is none. */
export const fromDraft = (draft: ListingDraft): AppListing => ({
  title: draft.title.trim(),
  description: draft.description.trim(),
  category: orNull(draft.category),
  tags: split(draft.tags, ','),
  avatarUrl: orNull(draft.avatarUrl),
  overview: orNull(draft.overview),
  contentHowItWorks: orNull(draft.contentHowItWorks),
  contentConfigure: orNull(draft.contentConfigure),
  screenshots: split(draft.screenshots, '\n'),
  websiteUrl: orNull(draft.websiteUrl),
  documentationUrl: orNull(draft.documentationUrl),
  supportUrl: orNull(draft.supportUrl),
  termsUrl: orNull(draft.termsUrl),
})

/** The field that an error of the server is about: `screenshots.1` belongs to `screenshots`. */
export const errorOf = (errors: Readonly<Record<string, string>>, field: string): string | undefined =>
  Object.entries(errors).find(([path]) => path === field || path.startsWith(`${field}.`))?.[1]

const orNull = (text: string): string | null => text.trim() || null

const split = (text: string, separator: string): readonly string[] => [
  ...new Set(text.split(separator).flatMap((part) => part.trim() || [])),
]
