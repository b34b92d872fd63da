import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../runner/paths';
import type { Cost } from './measure';

const MB = 1024 * 1024;
const SIZES = [
  [1, 2],
  [4, 8],
  [10, 20],
] as const;
const DELIVERIES = ['b64', 'url'] as const;
type Delivery = (typeof DELIVERIES)[number];
/** The middle one of so many runs counts. */
const RUNS = 3;

/** One row of the table. `curl` has no event loop; its memory is that of several processes. */
export interface BigAnswerFigures {
  readonly images: string;
  readonly delivery: Delivery;
  readonly pictor: Cost;
  readonly curl: Pick<Cost, 'wallMs'>;
  readonly client: Cost;
}

/** The pipelines of a person with a shell: everything streams, and every step is a process of its own. */
const CURL: Readonly<Record<Delivery, string>> = {
  b64: `curl -sS -X POST -H 'content-type: application/json' -d '{}' "$BASE/images/generations" | tr '"' '\\n' | sed -n '/.\\{1000\\}/p' | split -l1 -d --filter='base64 -d > "$OUT/$FILE.png"' - picture-`,
  url: `curl -sS -X POST -H 'content-type: application/json' -d '{}' "$BASE/images/generations" | tr '"' '\\n' | grep ^http | xargs -P 4 -I{} sh -c 'curl -sS -o "$OUT/picture-$(basename {})" {}'`,
};

/**
 * Fetches large images with Pictor, with curl and with the official client, each in a process of its own, and checks
 * every byte.
 */
export async function benchBigAnswers(): Promise<BigAnswerFigures[]> {
  const rows: BigAnswerFigures[] = [];
  for (const [count, megabytes] of SIZES) {
    const scratch = mkdtempSync(path.join(tmpdir(), 'pictor-bench-'));
    const source = path.join(scratch, 'source');
    const server = spawn(process.execPath, [compiled('bigServer'), source, String(count), String(megabytes * MB)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const origin = `http://127.0.0.1:${await firstLine(server)}`;
      for (const delivery of DELIVERIES) {
        const base = `${origin}/${delivery}`;
        const run = (work: (out: string) => Cost): Cost =>
          middle(
            Array.from({ length: RUNS }, (_, index) =>
              checked(source, path.join(scratch, `out-${index}`), count, work),
            ),
          );
        rows.push({
          images: `${count} x ${megabytes} MB`,
          delivery,
          pictor: run((out) => contender('pictor', base, out, count)),
          curl: run((out) => curl(delivery, base, out)),
          client: run((out) => contender('client', base, out, count)),
        });
      }
    } finally {
      server.kill();
      rmSync(scratch, { recursive: true, force: true });
    }
  }
  return rows;
}

function contender(name: string, base: string, out: string, count: number): Cost {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--expose-gc', compiled('contender'), name, base, out, String(count)],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (status !== 0) throw new Error(`${name} failed`);
  return JSON.parse(stdout) as Cost;
}

function curl(delivery: Delivery, base: string, out: string): Cost {
  spawnSync('mkdir', ['-p', out]);
  const startMs = performance.now();
  const { status } = spawnSync('sh', ['-c', CURL[delivery]], {
    env: { ...process.env, BASE: base, OUT: out },
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('curl failed');
  return { wallMs: performance.now() - startMs, memoryMb: 0, pauseMs: 0 };
}

/** A run whose images are not those of the server does not count. */
function checked(source: string, out: string, count: number, work: (out: string) => Cost): Cost {
  const cost = work(out);
  const names = readdirSync(out).filter((name) => name.endsWith('.png'));
  const sources = Array.from({ length: count }, (_, index) => readFileSync(path.join(source, `${index}.png`)));
  const isRight =
    names.length === count &&
    names.every((name) =>
      readFileSync(path.join(out, name)).equals(sources[Number(/\d+/.exec(name)?.[0])] ?? Buffer.alloc(0)),
    );
  rmSync(out, { recursive: true, force: true });
  if (!isRight) throw new Error(`the pictures in ${out} are not those of the server: ${names.join()}`);
  return cost;
}

function middle(costs: readonly Cost[]): Cost {
  const median = (pick: (cost: Cost) => number): number =>
    [...costs].map(pick).sort((a, b) => a - b)[Math.floor(costs.length / 2)] ?? 0;
  return {
    wallMs: median(({ wallMs }) => wallMs),
    memoryMb: median(({ memoryMb }) => memoryMb),
    pauseMs: median(({ pauseMs }) => pauseMs),
  };
}

function compiled(name: string): string {
  return path.join(ROOT, 'out', 'test', 'bench', `${name}.js`);
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('no output');
  for await (const line of createInterface(child.stdout)) return line;
  throw new Error('the server did not start');
}
