/** The words the components say by themselves, in one place. */
export const messages = {
  actions: 'Actions',
  cancel: 'Cancel',
  choose: 'Choose…',
  close: 'Close',
  loading: 'Loading',
  dismiss: 'Dismiss',
  notifications: 'Notifications',
  tryAgain: 'Try again',
} as const
