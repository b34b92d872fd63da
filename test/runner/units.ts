import path from 'node:path';
import { testFiles } from './mochaRun';

/** What a unit does. */
export type Work =
  | { readonly kind: 'check'; readonly args: readonly string[] }
  | { readonly kind: 'mocha'; readonly files: readonly string[]; readonly timeoutMs: number }
  | { readonly kind: 'host'; readonly isOldest: boolean };

/** A part of the tests that needs no other one, and runs in one go. */
export interface Unit {
  readonly suite: string;
  readonly title: string;
  readonly work: Work;
  /** About how long it takes; the longest begin first. */
  readonly seconds: number;
  /** What judges speed runs while nothing else does. */
  readonly isAlone?: boolean;
}

const CHECKS: readonly Unit[] = [
  { suite: 'check', title: 'Types and lint', seconds: 35, work: { kind: 'check', args: ['out/test/tasks/check.js'] } },
  { suite: 'check', title: 'Package', seconds: 6, work: { kind: 'check', args: ['out/test/tasks/package.js'] } },
];

/** Seconds of the browser-driven files that take longer than the others. */
const UI_SECONDS: Readonly<Record<string, number>> = {
  formLooks: 55,
  services: 35,
  remedies: 35,
  formJobs: 35,
  form: 30,
  dialects: 30,
  gallery: 30,
};

function browserUnits(): Unit[] {
  return testFiles('ui').map((file): Unit => {
    const name = path.basename(file, '.test.js');
    return {
      suite: 'ui',
      title: `Through the browser: ${name}`,
      seconds: UI_SECONDS[name] ?? 15,
      isAlone: name === 'formSpeed',
      work: { kind: 'mocha', files: [file], timeoutMs: 240_000 },
    };
  });
}

/** All units, or those of some suites. */
export function unitsOf(suites: readonly string[]): Unit[] {
  const all: readonly Unit[] = [
    ...CHECKS,
    { suite: 'core', title: 'Core', seconds: 10, work: { kind: 'mocha', files: testFiles('core'), timeoutMs: 20_000 } },
    {
      suite: 'emulator',
      title: 'Emulator',
      seconds: 1,
      work: { kind: 'mocha', files: testFiles('emulator'), timeoutMs: 20_000 },
    },
    {
      suite: 'wire',
      title: 'Over real sockets',
      seconds: 25,
      work: { kind: 'mocha', files: testFiles('wire'), timeoutMs: 60_000 },
    },
    { suite: 'host', title: 'In VS Code', seconds: 50, work: { kind: 'host', isOldest: false } },
    { suite: 'oldest', title: 'In the oldest VS Code', seconds: 50, work: { kind: 'host', isOldest: true } },
    {
      suite: 'faults',
      title: 'Whatever happens',
      seconds: 150,
      work: { kind: 'mocha', files: testFiles('faults'), timeoutMs: 240_000 },
    },
    ...browserUnits(),
  ];
  const unknown = suites.filter((name) => !all.some(({ suite }) => suite === name));
  if (unknown.length > 0)
    throw new Error(
      `There is no suite ${unknown.join(', ')}; there are ${[...new Set(all.map(({ suite }) => suite))].join(', ')}.`,
    );
  return suites.length === 0 ? [...all] : all.filter(({ suite }) => suites.includes(suite));
}
