import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../runner/paths';
import type { FormPage } from './formPage';

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

const AXE = readFileSync(path.join(ROOT, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** Lets axe-core look at the form as it is now, within its own frame. @throws AssertionError with what it finds */
export async function findNoBarriers(form: FormPage, state: string): Promise<void> {
  await form.evaluate(`window.axe ? undefined : (() => { ${AXE} })()`);
  // A webview is transparent; what VS Code paints beneath it is out of the frame's sight.
  await form.evaluate('document.documentElement.style.background = "var(--vscode-sideBar-background)"');
  const violations = await form.evaluate<Violation[]>(
    'axe.run(document).then(({ violations }) => violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })) })))',
  );
  assert.deepEqual(
    violations.map(
      ({ id, help, nodes }) =>
        `${id}: ${help}\n${nodes
          .slice(0, 3)
          .map(({ html, failureSummary }) => `  ${html.slice(0, 200)}\n  ${failureSummary}`)
          .join('\n')}`,
    ),
    [],
    state,
  );
}
