import { finish } from '../vscode/finish';
import { runMocha } from '../vscode/mochaRun';

void finish(runMocha('emulator', 20_000));
