import type * as vscode from 'vscode';
import type { ProviderId } from '../../core/catalog/providers';

/** Whose key it is: one service at one origin. Another origin is another key, whatever a setting says. */
export interface KeyOwner {
  readonly provider: ProviderId;
  /** Such as `https://api.openai.com`. */
  readonly origin: string;
}

/** API keys, in the system's secret storage and nowhere else. */
export class KeyStore {
  /** Keys seen in this session, so that they can be cut out of whatever is shown or logged. */
  readonly known = new Set<string>();

  /** Fires when a key was set or removed, in any window. */
  readonly onDidChange: vscode.Event<unknown>;

  constructor(private readonly secrets: vscode.SecretStorage) {
    this.onDidChange = secrets.onDidChange;
  }

  async get(owner: KeyOwner): Promise<string | undefined> {
    const key = await this.secrets.get(secretName(owner));
    if (key) this.known.add(key);
    return key || undefined;
  }

  async set(owner: KeyOwner, key: string): Promise<void> {
    this.known.add(key);
    await this.secrets.store(secretName(owner), key);
  }

  async remove(owner: KeyOwner): Promise<void> {
    await this.secrets.delete(secretName(owner));
  }
}

function secretName({ provider, origin }: KeyOwner): string {
  return `apiKey:${provider}@${origin}`;
}
