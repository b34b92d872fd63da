import { finish } from '../vscode/finish';
import { runMocha } from '../vscode/mochaRun';

void finish(runMocha('core', 5_000));
