/** What came of one cell of the matrix. */
export interface CellResult {
  readonly state: string;
  readonly fault: string;
  /** `linked`, `offered`, or `told`: the picture never came, and the user knows. */
  readonly outcome: string;
  /** Empty where every promise was kept. */
  readonly problems: readonly string[];
}

/** The matrix as a table for the README: a row for each fault, a column for each state. */
export function tableOf(results: readonly CellResult[], states: readonly string[], faults: readonly string[]): string {
  const cell = (state: string, fault: string): string => {
    const result = results.find((one) => one.state === state && one.fault === fault);
    if (!result) return '';
    return result.problems.length === 0 ? result.outcome : `**${result.problems.join('; ')}**`;
  };
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [row(['', ...states]), row(['', ...states].map(() => '---')), ...faults.map((fault) => row([fault, ...states.map((state) => cell(state, fault))]))].join('\n');
}
