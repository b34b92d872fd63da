import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmulator } from '../emulator/emulator';
import { HOST_WORKSPACE, hostSettings } from '../host/workspace';
import type { CodeOssRelease } from './codeOss';
import { runInDesktop } from './desktop';
import type { Tally } from '../runner/tally';
import { ROOT } from '../runner/paths';
import { openWindow } from './window';

/** A test may take 30 s, and VS Code's start a minute: after such a silence nothing more will come. */
const MAX_SILENCE_MS = 150_000;
const POLL_MS = 200;
const TESTS = path.join(ROOT, 'out', 'test', 'host', 'index.js');

/** Nobody looks at it. */
const UNSEEN = { width: 500, height: 300 };

/** So often VS Code may come up without its workspace. */
const MAX_STARTS = 3;

type ReportLine = { kind: 'output'; text: string } | { kind: 'noWorkspace' } | ({ kind: 'end' } & Tally);

/** Runs the in-host tests: in a desktop VS Code where one can be had and no release is asked for, else in Code-OSS. */
export async function runHostSuite(release?: CodeOssRelease): Promise<Tally> {
  for (let start = 0; start < MAX_STARTS; start++) {
    const tally = await runOnce(release);
    if (tally) return tally;
    console.log('VS Code came up without its workspace.');
  }
  throw new Error(`VS Code came up without its workspace ${MAX_STARTS} times`);
}

/** @returns undefined where VS Code had no workspace to test in */
async function runOnce(release: CodeOssRelease | undefined): Promise<Tally | undefined> {
  const emulator = await startEmulator();
  const directory = mkdtempSync(path.join(tmpdir(), 'pictor-host-'));
  const report = path.join(directory, 'report.ndjson');
  const env = { PICTOR_REPORT: report, PICTOR_EMULATOR: emulator.origin, PICTOR_GREP: process.env.PICTOR_GREP ?? '' };
  const reader = new ReportReader(report);
  const timer = setInterval(() => reader.read(), POLL_MS);
  try {
    const ranInDesktop = !release && (await runInDesktop(TESTS, directory, env, hostSettings(emulator.origin)));
    const log = ranInDesktop ? '' : await runInCodeOss(release, env, hostSettings(emulator.origin), reader);
    reader.read();
    if (!reader.end && !reader.hasNoWorkspace) throw new Error(`the in-host tests ended without a result\n${log}`);
    return reader.end;
  } finally {
    clearInterval(timer);
    await emulator.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** @returns what VS Code said meanwhile */
async function runInCodeOss(
  release: CodeOssRelease | undefined,
  env: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, unknown>>,
  reader: ReportReader,
): Promise<string> {
  const window = await openWindow({ release, ...HOST_WORKSPACE, env, settings, testsPath: TESTS, viewport: UNSEEN });
  try {
    await Promise.race([window.testsExit, window.server.exited, reader.silence()]);
    return window.log();
  } finally {
    await window.close();
  }
}

/** Prints what the tests say while they run, and keeps their last word. */
class ReportReader {
  end: Tally | undefined;
  hasNoWorkspace = false;
  #read = 0;
  #lastMs = Date.now();

  constructor(private readonly file: string) {}

  read(): void {
    if (!existsSync(this.file)) return;
    const lines = readFileSync(this.file, 'utf8').split('\n').slice(0, -1);
    for (const line of lines.slice(this.#read)) {
      const record = JSON.parse(line) as ReportLine;
      if (record.kind === 'output') console.log(record.text);
      else if (record.kind === 'end') this.end = record;
      else this.hasNoWorkspace = true;
    }
    if (lines.length > this.#read) this.#lastMs = Date.now();
    this.#read = lines.length;
  }

  /** Resolves when the tests have said nothing for a long time. */
  silence(): Promise<void> {
    this.#lastMs = Date.now();
    return new Promise((resolve) => {
      const timer = setInterval(() => {
        if (Date.now() - this.#lastMs < MAX_SILENCE_MS) return;
        clearInterval(timer);
        resolve();
      }, POLL_MS).unref();
    });
  }
}
