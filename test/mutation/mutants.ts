import ts from 'typescript';

/** A small change of a source, as a slip of a programmer would make it. */
export interface Mutant {
  /** Below the checkout, with `/`. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
  /** What stands there instead. */
  readonly text: string;
  readonly kind: 'comparison' | 'call' | 'await' | 'value' | 'condition';
}

const TURNED: Readonly<Partial<Record<ts.SyntaxKind, string>>> = {
  [ts.SyntaxKind.LessThanToken]: '>=',
  [ts.SyntaxKind.LessThanEqualsToken]: '>',
  [ts.SyntaxKind.GreaterThanToken]: '<=',
  [ts.SyntaxKind.GreaterThanEqualsToken]: '<',
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: '!==',
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: '===',
  [ts.SyntaxKind.AmpersandAmpersandToken]: '||',
  [ts.SyntaxKind.BarBarToken]: '&&',
};

const OTHER_VALUE: Readonly<Partial<Record<ts.SyntaxKind, string>>> = {
  [ts.SyntaxKind.TrueKeyword]: 'false',
  [ts.SyntaxKind.FalseKeyword]: 'true',
  [ts.SyntaxKind.PlusToken]: '-',
  [ts.SyntaxKind.MinusToken]: '+',
};

/** Every mutant of a source that is still TypeScript. Types are left alone: they do nothing. */
export function mutantsOf(file: string, text: string): Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Mutant[] = [];
  const add = (kind: Mutant['kind'], node: ts.Node, replacement: string): void =>
    void found.push({ file, start: node.getStart(source), end: node.getEnd(), text: replacement, kind });
  const visit = (node: ts.Node): void => {
    if (
      ts.isTypeNode(node) ||
      ts.isImportDeclaration(node) ||
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node)
    )
      return;
    if (ts.isBinaryExpression(node)) {
      const { operatorToken } = node;
      const turned = TURNED[operatorToken.kind];
      if (turned) add('comparison', operatorToken, turned);
      const other = OTHER_VALUE[operatorToken.kind];
      if (other && !hasText(node)) add('value', operatorToken, other);
    } else if (ts.isExpressionStatement(node) && isCall(node.expression)) add('call', node, ';');
    else if (ts.isAwaitExpression(node)) add('await', node, node.expression.getText(source));
    else if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
      add('condition', node, `(${node.operand.getText(source)})`);
    else if (ts.isNumericLiteral(node)) add('value', node, `(${node.text} + 1)`);
    else if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword)
      add('value', node, OTHER_VALUE[node.kind] ?? '');
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isCall(node: ts.Expression): boolean {
  return ts.isAwaitExpression(node) || ts.isVoidExpression(node) ? isCall(node.expression) : ts.isCallExpression(node);
}

/** A plus between texts cannot be a minus. */
function hasText(node: ts.BinaryExpression): boolean {
  return [node.left, node.right].some(
    (side) =>
      ts.isStringLiteralLike(side) || ts.isTemplateExpression(side) || (ts.isBinaryExpression(side) && hasText(side)),
  );
}

/** The source with the change. */
export function mutated(text: string, { start, end, text: replacement }: Mutant): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

/** Some of many, the same for the same seed (mulberry32). */
export function pick<T>(items: readonly T[], count: number, seed: number): T[] {
  let state = seed >>> 0;
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const left = [...items];
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(Math.floor(random() * left.length), 1),
  ).flat();
}
