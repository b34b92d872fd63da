import { appendFileSync } from 'node:fs';
import { format } from 'node:util';
import Mocha from 'mocha';
import { tallyOf, testFiles } from '../vscode/mochaRun';

/** VS Code calls this inside the extension host. What happens goes to the report file: an exit code alone would also be 0 for a host that died. */
export async function run(): Promise<void> {
  const report = process.env.PICTOR_REPORT;
  if (!report) throw new Error('PICTOR_REPORT names no file');
  const write = (record: object): void => appendFileSync(report, `${JSON.stringify(record)}\n`);
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => write({ kind: 'output', text: format(...args) });
  const mocha = new Mocha({ timeout: 30_000, color: false, grep: process.env.PICTOR_GREP, forbidOnly: true, forbidPending: true });
  for (const file of testFiles('host')) mocha.addFile(file);
  const tally = await tallyOf(mocha);
  write({ kind: 'end', ...tally });
  if (tally.failures.length > 0) throw new Error(`${tally.failures.length} failed`);
}
