/** What came of one cell of the matrix. */
export interface CellResult {
  readonly state: string;
  readonly row: string;
  /** `linked`, `offered`, or `told`: the image never came, and the user knows. */
  readonly outcome: string;
  /** Empty where every promise was kept. */
  readonly problems: readonly string[];
}

/** The matrix as a table for CONTRIBUTING.md: a row for each fault, a column for each state. */
export function tableOf(results: readonly CellResult[], states: readonly string[], rows: readonly string[]): string {
  const cell = (state: string, name: string): string => {
    const result = results.find((one) => one.state === state && one.row === name);
    if (!result) return '';
    return result.problems.length === 0 ? result.outcome : `**${result.problems.join('; ')}**`;
  };
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    row(['', ...states]),
    row(['', ...states].map(() => '---')),
    ...rows.map((name) => row([name, ...states.map((state) => cell(state, name))])),
  ].join('\n');
}

/**
 * The outcomes that a document's table promises, by `STATE, ROW`: one for each cell, or several where chance decides.
 */
export function outcomesIn(markdown: string, states: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const lines = markdown.split('\n');
  const head = lines.findIndex((line) => line.includes(`| ${states.join(' | ')} |`));
  const end = lines.findIndex((line, index) => index > head && !line.startsWith('|'));
  const rows =
    head < 0
      ? []
      : lines.slice(head + 2, end).map((line) =>
          line
            .split('|')
            .slice(1, -1)
            .map((cell) => cell.trim()),
        );
  return new Map(
    rows.flatMap(([name = '', ...cells]) =>
      cells.flatMap((cell, index) => (cell ? [[`${states[index]}, ${name}`, cell.split(' or ')] as const] : [])),
    ),
  );
}
