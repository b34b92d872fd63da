import { finish } from '../vscode/finish';
import { runMocha } from '../vscode/mochaRun';

void finish(runMocha('ui', 120_000));
