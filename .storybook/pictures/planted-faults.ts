/** Small faults that a user would see: each is a style sheet that breaks the story `Families/Actions`. */
export const PLANTED_FAULTS = [
  // Another colour, of one kind of button.
  '.souk-button[data-variant="primary"] { background: #3c62d1 !important; }',
  // One row stands three pixels further.
  '.souk-pagination { translate: 3px 0; }',
  // A line is missing.
  '.souk-accordion { border-color: transparent !important; }',
  // A text is a little smaller.
  '.souk-tab { font-size: 0.8125rem !important; }',
] as const
