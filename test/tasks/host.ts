import { finish } from '../vscode/finish';
import { runHostSuite } from '../vscode/runHostSuite';

void finish(runHostSuite());
