/** A text of others as the label of a list or the status bar: what would be an icon there stays what it is. */
export function plainLabel(text: string): string {
  return text.replaceAll('$(', '$\u2060(');
}

/**
 * A text of others as a notification: VS Code makes links of `[words](address)`, which could also be commands. A joiner
 * that nobody sees keeps the brackets apart.
 */
export function plainMessage(text: string): string {
  return text.replaceAll('](', ']\u2060(');
}
