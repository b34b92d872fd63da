import { existsSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import type * as vscode from 'vscode';
import { waitFor } from '../runner/waitFor';

type VsCode = typeof vscode;

/** The settings of a window: those that it begins with, and the names of those that were changed since. */
export interface WindowSettings {
  initial: Readonly<Record<string, unknown>>;
  readonly touched: Set<string>;
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A dialog that nobody closes would hold everything up for ever. */
const ANSWER_MS = 180_000;

/** Runs functions inside the extension host of a VS Code that a browser shows. */
export class Driver {
  #next = 0;
  readonly #pending = new Map<number, Pending>();

  private constructor(
    private readonly socket: net.Socket,
    /** Of the extension host. */
    readonly pid: number,
    private readonly settings: WindowSettings,
  ) {
    let buffer = '';
    socket.on('data', (chunk) => {
      const lines = (buffer + chunk.toString()).split('\n');
      buffer = lines.pop() ?? '';
      for (const line of lines) this.settle(line);
    });
    socket.on('close', () => {
      for (const { reject } of this.#pending.values()) reject(new Error('the extension host is gone'));
      this.#pending.clear();
    });
  }

  /** Waits for the driver extension to come up in `directory`. */
  static async connect(directory: string, settings: WindowSettings, otherThanPid?: number): Promise<Driver> {
    const file = path.join(directory, 'driver.json');
    const { pid, socketPath } = await waitFor(
      'the driver extension',
      () => {
        if (!existsSync(file)) return undefined;
        const current = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; socketPath: string };
        return current.pid === otherThanPid ? undefined : current;
      },
      120_000,
    );
    const socket = net.connect(socketPath);
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return new Driver(socket, pid, settings);
  }

  /** Evaluates a function that uses nothing from around it; argument and result travel as JSON. */
  async evaluate<T, A = undefined>(work: (vscode: VsCode, argument: A) => T | Thenable<T>, argument?: A): Promise<T> {
    const id = ++this.#next;
    const answer = new Promise<unknown>((resolve, reject) => this.#pending.set(id, { resolve, reject }));
    this.socket.write(`${JSON.stringify({ id, source: work.toString(), argument })}\n`);
    const timer = setTimeout(
      () => this.settle(JSON.stringify({ id, error: `the extension host did not answer within ${ANSWER_MS} ms` })),
      ANSWER_MS,
    );
    return (await answer.finally(() => clearTimeout(timer))) as T;
  }

  /** Runs a command and waits for its result. */
  execute(command: string, ...args: unknown[]): Promise<unknown> {
    return this.evaluate((api, call) => api.commands.executeCommand(call.command, ...call.args), { command, args });
  }

  /** Starts a command without waiting: it may wait for the user itself. */
  async start(command: string): Promise<void> {
    await this.evaluate((api, id) => void api.commands.executeCommand(id), command);
  }

  /** Sets a setting of the user. */
  async configure(name: string, value: unknown): Promise<void> {
    this.settings.touched.add(name);
    await this.evaluate(
      (api, setting) =>
        api.workspace.getConfiguration().update(setting.name, setting.value, api.ConfigurationTarget.Global),
      { name, value },
    );
  }

  /**
   * Gives every setting that was changed the value that it had when the window was opened, whoever changed it since.
   */
  async restoreSettings(): Promise<void> {
    await this.evaluate(
      async (api, { names, initial }) => {
        const settings = api.workspace.getConfiguration();
        const ours = Object.keys(settings.inspect<object>('pictor')?.globalValue ?? {}).map((name) => `pictor.${name}`);
        for (const name of new Set([...names, ...ours, ...Object.keys(initial)])) {
          const isSame = JSON.stringify(settings.inspect(name)?.globalValue) === JSON.stringify(initial[name]);
          if (!isSame) await settings.update(name, initial[name], api.ConfigurationTarget.Global);
        }
      },
      { names: [...this.settings.touched], initial: this.settings.initial },
    );
    this.settings.touched.clear();
  }

  close(): void {
    this.socket.destroy();
  }

  private settle(line: string): void {
    const { id, result, error } = JSON.parse(line) as { id: number; result?: unknown; error?: string };
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (error === undefined) pending?.resolve(result);
    else pending?.reject(new Error(error));
  }
}
