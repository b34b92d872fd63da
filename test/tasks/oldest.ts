import { OLDEST } from '../vscode/codeOss';
import { finish } from '../vscode/finish';
import { runHostSuite } from '../vscode/runHostSuite';

/** `npm run test:oldest`: the in-host tests in the oldest VS Code that package.json admits. */
void finish(runHostSuite(OLDEST));
