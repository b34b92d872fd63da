import { appendFileSync } from 'node:fs';
import { format } from 'node:util';
import Mocha from 'mocha';
import { testFiles } from '../vscode/mochaRun';

/** VS Code calls this inside the extension host. What happens goes to the report file: an exit code alone would also be 0 for a host that died. */
export function run(): Promise<void> {
  const report = process.env.PICTOR_REPORT;
  if (!report) return Promise.reject(new Error('PICTOR_REPORT names no file'));
  const write = (record: object): void => appendFileSync(report, `${JSON.stringify(record)}\n`);
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => write({ kind: 'output', text: format(...args) });
  const mocha = new Mocha({ timeout: 30_000, color: false, grep: process.env.PICTOR_GREP, forbidOnly: true, forbidPending: true });
  for (const file of testFiles('host')) mocha.addFile(file);
  return new Promise((resolve, reject) => {
    const runner = mocha.run((failures) => {
      write({ kind: 'end', passed: runner.stats?.passes ?? 0, failed: failures });
      if (failures) reject(new Error(`${failures} failed`));
      else resolve();
    });
  });
}
