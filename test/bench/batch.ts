import { readFileSync } from 'node:fs';
import path from 'node:path';
import { waitFor } from '../runner/waitFor';
import { FormPage } from '../ui/formPage';
import { openSession } from '../ui/session';

/** What a batch of placeholders costs in a real VS Code. */
export interface BatchCost {
  readonly selections: number;
  readonly isFormOpen: boolean;
  /** From the command to the last link, for each of the selections. */
  readonly eachMs: number;
  /** The longest time for which the extension host answered nobody. */
  readonly heldMs: number;
}

const SIZES = [100, 300];

/** How often the extension host is asked whether it is there. */
const TICK_MS = 5;

/** Texts that are selected at once, drawn by the placeholder, and linked where they stand. */
export async function benchBatch(): Promise<BatchCost[]> {
  const session = await openSession({ files: { 'README.md': '\n' }, settings: { 'pictor.confirmAbove': 1000 } });
  const costs: BatchCost[] = [];
  try {
    const file = path.join(session.window.folder, 'README.md');
    await session.workbench.open(file);
    for (const isFormOpen of [false, true]) {
      if (isFormOpen) await FormPage.open(session);
      // The first one loads what the others find loaded.
      for (const selections of [10, ...SIZES]) {
        const cost = await measure(selections);
        if (selections >= 100) costs.push({ selections, isFormOpen, ...cost });
      }
    }
    return costs;

    async function measure(count: number): Promise<Pick<BatchCost, 'eachMs' | 'heldMs'>> {
      const lines = Array.from({ length: count }, (_, index) => `Heron ${count}-${index} over the dunes.`);
      const { ms, heldMs, links } = await session.driver.evaluate(
        async (vscode, { text, tickMs }) => {
          const editor = vscode.window.activeTextEditor;
          if (!editor) throw new Error('no editor');
          const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
          await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, end.line, end.character), text));
          editor.selections = text
            .split('\n\n')
            .map((line, index) => new vscode.Selection(index * 2, 0, index * 2, line.length));
          let held = 0;
          let last = Date.now();
          const timer = setInterval(() => {
            held = Math.max(held, Date.now() - last - tickMs);
            last = Date.now();
          }, tickMs);
          const start = Date.now();
          const images =
            await vscode.commands.executeCommand<readonly { inserted: boolean }[]>('pictor.generateFromSelection');
          clearInterval(timer);
          return {
            ms: Date.now() - start,
            heldMs: held,
            links: images.filter(({ inserted }) => inserted).length,
          };
        },
        { text: lines.join('\n\n'), tickMs: TICK_MS },
      );
      if (links !== count) throw new Error(`${links} of ${count} links`);
      await session.driver.evaluate((vscode) => vscode.window.activeTextEditor?.document.save());
      await waitFor('the saved links', () => readFileSync(file, 'utf8').split('![').length - 1 === count);
      await session.workbench.clearNotifications();
      return { eachMs: ms / count, heldMs };
    }
  } finally {
    await session.window.close();
  }
}
