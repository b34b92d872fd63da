import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { benchBatch } from '../bench/batch';
import { benchBigAnswers } from '../bench/bigAnswers';
import { benchCadence } from '../bench/cadence';
import type { Cost } from '../bench/measure';

/** `npm run bench [-- --json FILE]`: how soon a finished task is known, what a batch
 * and what large answers cost. */
async function main(): Promise<void> {
  const jsonAt = process.argv.indexOf('--json');
  const file = jsonAt < 0 ? undefined : process.argv[jsonAt + 1];
  if (jsonAt >= 0 && !file) throw new Error('--json needs the name of a file');

  const cadence = await benchCadence();
  console.log(
    '\nQuestions about tasks: 1000 simulated tasks each, after 50 that were learnt from; beside a fixed loop of 3 s\n',
  );
  table(
    ['durations', 'delay', 'fixed loop', 'requests', 'fixed loop'],
    cadence.map((row) => [
      row.distribution,
      ms(row.pictorDelayMs),
      ms(row.fixedDelayMs),
      String(row.pictorRequests),
      String(row.fixedRequests),
    ]),
  );

  const batch = await benchBatch();
  console.log(
    '\nTexts that are selected at once, drawn as placeholders and linked, in a real VS Code: time for each; the longest for which the extension host answered nobody\n',
  );
  table(
    ['selections', 'form', 'each', 'held'],
    batch.map(({ selections, isFormOpen, eachMs, heldMs }) => [
      String(selections),
      isFormOpen ? 'open' : 'closed',
      `${eachMs.toFixed(1)} ms`,
      ms(heldMs),
    ]),
  );

  if (process.platform !== 'linux')
    throw new Error('Large answers are measured on Linux only: it is the kernel that tells the peak of memory.');
  const bigAnswers = await benchBigAnswers();
  console.log(
    '\nLarge answers, to verified files: wall time; memory above idle; longest pause of the event loop. The middle of three runs\n',
  );
  table(
    ['pictures', 'as', 'Pictor', 'curl pipeline', 'openai client'],
    bigAnswers.map(({ images, delivery, pictor, curl, client }) => [
      images,
      delivery === 'b64' ? '`b64_json`' : '`url`',
      cost(pictor),
      ms(curl.wallMs),
      cost(client),
    ]),
  );
  if (file) {
    writeFileSync(
      file,
      `${JSON.stringify({ node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, cadence, batch, bigAnswers }, undefined, 2)}\n`,
    );
    console.log(`\nAll figures: ${file}`);
  }
}

/** In the form of Markdown. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): void {
  for (const row of [head, head.map(() => '---'), ...rows]) console.log(`| ${row.join(' | ')} |`);
}

function cost({ wallMs, memoryMb, pauseMs }: Cost): string {
  return `${ms(wallMs)}; ${Math.round(memoryMb)} MB; ${ms(pauseMs)}`;
}

function ms(value: number): string {
  return `${Math.round(value).toLocaleString('en')} ms`;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
