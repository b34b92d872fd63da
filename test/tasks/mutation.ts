import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { judgeMutant, type Verdict } from '../mutation/judgeMutant';
import { mutantsOf, pick, type Mutant } from '../mutation/mutants';
import { ARTIFACTS, ROOT } from '../runner/paths';
import { filesBelow } from '../runner/writtenFiles';

/** Share of the mutants that tests must notice. */
const LEAST = 0.88;

/** A mutant that changes nothing that anybody could see, with the reason why. */
interface Equivalent {
  readonly file: string;
  /** The line as it is, without the blanks around it. */
  readonly line: string;
  /** What the change makes of it. */
  readonly becomes: string;
  readonly reason: string;
}

/**
 * `npm run test:mutation [-- --seed N --count N --only WORDS --lanes N]`: do the tests of core notice when core is
 * wrong?
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      count: { type: 'string', default: '300' },
      only: { type: 'string', default: '' },
      lanes: { type: 'string', default: '2' },
    },
  });
  const outdated = EQUIVALENT.filter(({ file, line }) => !readFileSync(path.join(ROOT, file), 'utf8').includes(line));
  if (outdated.length > 0)
    throw new Error(`test/mutation/equivalent.json is about what is no more: ${JSON.stringify(outdated)}`);
  const sources = filesBelow(path.join(ROOT, 'src', 'core'))
    .map((file) => path.relative(ROOT, file))
    .filter((file) => file.includes(values.only))
    .sort();
  const all = sources.flatMap((file) => mutantsOf(file, readFileSync(path.join(ROOT, file), 'utf8')));
  const mutants = pick(all, Number(values.count), Number(values.seed));
  console.log(`${mutants.length} of ${all.length} mutants, seed ${values.seed}`);
  const startMs = performance.now();
  const judged: { mutant: Mutant; verdict: Verdict | 'equivalent' }[] = [];
  const queue = [...mutants];
  await Promise.all(
    Array.from({ length: Number(values.lanes) }, async () => {
      for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
        const verdict = await judgeMutant(mutant);
        judged.push({ mutant, verdict: verdict === 'unnoticed' && isEquivalent(mutant) ? 'equivalent' : verdict });
        if (verdict === 'unnoticed') console.log(`${judged.length}: ${judged.at(-1)?.verdict} ${tell(mutant)}`);
      }
    }),
  );
  const counted = judged.filter(({ verdict }) => verdict !== 'noCode' && verdict !== 'equivalent');
  console.log(`\n| folder | noticed | of | |\n| --- | --- | --- | --- |\n${[...rows(counted)].join('\n')}`);
  writeFileSync(path.join(ARTIFACTS, 'mutation.json'), JSON.stringify(judged, undefined, 1));
  const noticed = counted.filter(({ verdict }) => verdict !== 'unnoticed').length;
  console.log(
    `\n${noticed} of ${counted.length} noticed (${percent(noticed, counted.length)}), ${judged.length - counted.length} equivalent or no code, ${Math.round((performance.now() - startMs) / 60_000)} min`,
  );
  return noticed / counted.length >= LEAST ? 0 : 1;
}

const EQUIVALENT = JSON.parse(
  readFileSync(path.join(ROOT, 'test', 'mutation', 'equivalent.json'), 'utf8'),
) as readonly Equivalent[];

function isEquivalent(mutant: Mutant): boolean {
  const { line, becomes } = lines(mutant);
  return EQUIVALENT.some((one) => one.file === mutant.file && one.line === line && one.becomes === becomes);
}

function* rows(judged: readonly { mutant: Mutant; verdict: string }[]): Generator<string> {
  const folderOf = ({ file }: Mutant): string =>
    /^src\/core\/([^/]+)/.exec(file)?.[1]?.replace(/.*\.ts$/, '(files of their own)') ?? '';
  for (const folder of [...new Set(judged.map(({ mutant }) => folderOf(mutant)))].sort()) {
    const own = judged.filter(({ mutant }) => folderOf(mutant) === folder);
    const noticed = own.filter(({ verdict }) => verdict !== 'unnoticed').length;
    yield `| ${folder} | ${noticed} | ${own.length} | ${percent(noticed, own.length)} |`;
  }
}

function percent(part: number, whole: number): string {
  return `${Math.round((100 * part) / whole)} %`;
}

/** The lines that a mutant changes, before and after. */
function lines({ file, start, end, text }: Mutant): { line: string; becomes: string; number: number } {
  const source = readFileSync(path.join(ROOT, file), 'utf8');
  const from = source.lastIndexOf('\n', start - 1) + 1;
  const to = source.indexOf('\n', end);
  return {
    line: source.slice(from, to).trim(),
    becomes: (source.slice(from, start) + text + source.slice(end, to)).trim(),
    number: source.slice(0, start).split('\n').length,
  };
}

function tell(mutant: Mutant): string {
  const { line, becomes, number } = lines(mutant);
  return `${mutant.file}:${number} (${mutant.kind})\n    ${line}\n  → ${becomes}`;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
