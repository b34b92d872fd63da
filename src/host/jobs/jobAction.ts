/** What a person can do with a job. */
export type JobAction =
  'cancel' | 'saveAs' | 'checkAgain' | 'retry' | 'open' | 'insert' | 'copyLink' | 'reveal' | 'dismiss';
