import { installCodeOss, NEWEST, OLDEST } from '../vscode/codeOss';
import { installBrowser } from '../vscode/browser';
import { runUnits } from '../runner/runUnits';
import { unitsOf } from '../runner/units';

/**
 * `npm test [-- SUITE …]`: everything, or some suites; `PICTOR_GREP` picks tests, `PICTOR_CELL` faults, `PICTOR_LANES`
 * how many units run at once.
 */
async function main(): Promise<number> {
  const units = unitsOf(process.argv.slice(2));
  // Before the lanes: two of them must not install the same thing at once.
  const suites = new Set(units.map(({ suite }) => suite));
  if (['host', 'ui', 'faults'].some((suite) => suites.has(suite))) installCodeOss(NEWEST);
  if (suites.has('oldest')) installCodeOss(OLDEST);
  if (['host', 'oldest', 'ui', 'faults'].some((suite) => suites.has(suite))) await installBrowser();
  const startMs = performance.now();
  const { passed, failures, skipped } = await runUnits(units);
  console.log(`\n${Math.round((performance.now() - startMs) / 1000)} s after the set-up`);
  for (const reason of new Set(skipped.map((one) => one.reason))) {
    const titles = skipped.filter((one) => one.reason === reason).map(({ title }) => title);
    console.log(`SKIPPED, since ${reason}: ${titles.length} tests\n  ${titles.join('\n  ')}`);
  }
  for (const failure of failures) console.log(`FAILED: ${failure}\n`);
  console.log(`${passed} passed, ${failures.length} failed, ${skipped.length} skipped`);
  return failures.length === 0 && passed > 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
