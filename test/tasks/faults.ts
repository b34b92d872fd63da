import { finish } from '../vscode/finish';
import { runMocha } from '../vscode/mochaRun';

void finish(runMocha('faults', 120_000));
