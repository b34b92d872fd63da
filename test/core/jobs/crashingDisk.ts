import path from 'node:path';
import type { JournalDisk } from '../../../src/core/jobs/journalDisk';

/** The power is cut in the middle of an operation. */
export class PowerCut extends Error {}

interface Inode {
  content: string;
}

/**
 * A disk that loses, when the power is cut, what was not flushed: of a file that was being written any part, and of
 * what happened to the names in a directory any of the last changes. What is flushed stays.
 */
export class CrashingDisk implements JournalDisk {
  /** Names as programs see them, and as they are on the platter. */
  readonly #live = new Map<string, Inode>();
  readonly #platter = new Map<string, Inode>();
  /** Changes of names that are not flushed, in their order. */
  #changes: { directory: string; apply: (names: Map<string, Inode>) => void }[] = [];

  constructor(
    private operationsLeft = Infinity,
    private readonly random: () => number = () => 0,
  ) {}

  createDirectory(): Promise<void> {
    return Promise.resolve();
  }

  list(directory: string): Promise<string[]> {
    return Promise.resolve(
      [...this.#live.keys()].filter((file) => path.dirname(file) === directory).map((file) => path.basename(file)),
    );
  }

  read(file: string): Promise<string> {
    const inode = this.#live.get(file);
    return inode
      ? Promise.resolve(inode.content)
      : Promise.reject(Object.assign(new Error(`no ${file}`), { code: 'ENOENT' }));
  }

  create(file: string, content: string): Promise<void> {
    const inode: Inode = { content: '' };
    this.change(path.dirname(file), (names) => void names.set(file, inode));
    return this.operation(
      () => {
        inode.content = content;
      },
      () => {
        inode.content = content.slice(0, this.random() % (content.length + 1));
      },
    );
  }

  rename(from: string, to: string): Promise<void> {
    return this.operation(() => {
      const inode = this.#live.get(from);
      if (!inode) throw new Error(`no ${from}`);
      // A rename is one change even if it is between two directories: journaling file systems promise that.
      this.change(path.dirname(to), (names) => {
        names.delete(from);
        names.set(to, inode);
      });
    });
  }

  remove(file: string): Promise<void> {
    return this.operation(() => this.change(path.dirname(file), (names) => void names.delete(file)));
  }

  flushDirectory(directory: string): Promise<void> {
    return this.operation(() => {
      const last = this.#changes.map((change) => change.directory).lastIndexOf(directory);
      for (const { apply } of this.#changes.splice(0, last + 1)) apply(this.#platter);
    });
  }

  /** What is there after the power has come back. */
  restart(): void {
    const kept = this.#changes.length === 0 ? 0 : this.random() % (this.#changes.length + 1);
    for (const { apply } of this.#changes.slice(0, kept)) apply(this.#platter);
    this.#changes = [];
    this.#live.clear();
    for (const [file, inode] of this.#platter) this.#live.set(file, inode);
    this.operationsLeft = Infinity;
  }

  private change(directory: string, apply: (names: Map<string, Inode>) => void): void {
    apply(this.#live);
    this.#changes.push({ directory, apply });
  }

  private operation(whole: () => void, half: () => void = () => undefined): Promise<void> {
    if (this.operationsLeft-- <= 0) {
      half();
      return Promise.reject(new PowerCut());
    }
    whole();
    return Promise.resolve();
  }
}
