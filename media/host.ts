import type { FromWebview, ToWebview } from '../src/protocol';

interface VsCodeApi {
  postMessage(message: FromWebview): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

/** What is kept while the view is hidden or the window reloads: what is typed, and where the view stands. */
export interface KeptState {
  readonly prompt: string;
  readonly search: string;
  /** In CSS pixels. */
  readonly scroll: number;
  readonly isMoreOpen: boolean;
}

const NOTHING: KeptState = { prompt: '', search: '', scroll: 0, isMoreOpen: false };

export function post(message: FromWebview): void {
  api.postMessage(message);
}

let isAsked = false;

/** The user has asked for an image here, and wants to see how it comes. */
export function asked(): void {
  isAsked = true;
}

/** Whether the next job to appear is one that the user has just asked for; it is told once. */
export function wasAsked(): boolean {
  const was = isAsked;
  isAsked = false;
  return was;
}

/** What was kept; of another shape, nothing was. */
export function kept(): KeptState {
  const state = api.getState();
  if (typeof state !== 'object' || state === null) return NOTHING;
  const known = Object.entries(NOTHING).map(([name, usual]) => {
    const value: unknown = Reflect.get(state, name);
    return [name, typeof value === typeof usual ? value : (usual as unknown)];
  });
  return Object.fromEntries(known) as KeptState;
}

export function keep(changes: Partial<KeptState>): void {
  api.setState({ ...kept(), ...changes });
}

/** Listens to the host. What other frames say is not for us. @returns what ends it */
export function listen(listener: (message: ToWebview) => void): () => void {
  const receive = ({ data, origin }: MessageEvent<unknown>): void => {
    if (origin === window.origin && typeof data === 'object' && data !== null && 'type' in data)
      listener(data as ToWebview);
  };
  window.addEventListener('message', receive);
  return () => window.removeEventListener('message', receive);
}
