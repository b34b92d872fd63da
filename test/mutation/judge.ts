import { runMocha } from '../runner/mochaRun';

/** `node judge.js FILE …`: ends with 1 as soon as one of the tests fails. */
process.on('unhandledRejection', (reason) => {
  throw reason;
});
void runMocha(process.argv.slice(2), 60_000, { bail: true, reporter: 'dot' }).then(({ failures }) =>
  process.exit(failures.length > 0 ? 1 : 0),
);
