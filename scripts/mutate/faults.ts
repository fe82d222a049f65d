// The small faults that can be planted in a file: operators turned, bounds moved by one, conditions fixed, statements gone.

import { parseSync } from "rolldown/experimental";

export interface Fault {
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly was: string;
  readonly becomes: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [part: string]: unknown;
}

type Change = readonly [start: number, end: number, becomes: string];

const turned: Readonly<Record<string, string>> = {
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "===": "!==",
  "!==": "===",
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "%": "*",
  "<<": ">>",
  ">>": "<<",
  ">>>": "<<",
  "&": "|",
  "|": "&",
  "&&": "||",
  "||": "&&",
  "??": "&&",
};

const swapped: Readonly<Record<string, string>> = {
  floor: "ceil",
  ceil: "floor",
  round: "floor",
  min: "max",
  max: "min",
  some: "every",
  every: "some",
};

const isNode = (value: unknown): value is Node =>
  value instanceof Object && "type" in value && typeof value.type === "string" && "start" in value;

/** Types change nothing at run time; these two wrap an expression that does. */
const isType = ({ type }: Node) =>
  type.startsWith("TS") && type !== "TSSatisfiesExpression" && type !== "TSAsExpression";

/** All faults of one file, in the order of its text. */
export function faultsOf(file: string, source: string): Fault[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} can't be read`);
  const found: Fault[] = [];
  visit(program, (node) => {
    for (const [start, end, becomes] of changesOf(node, source)) {
      const line = source.slice(0, start).split("\n").length;
      found.push({ file, line, start, end, was: source.slice(start, end), becomes });
    }
  });
  return found;
}

function visit(value: unknown, note: (node: Node) => void): void {
  if (Array.isArray(value)) for (const one of value) visit(one, note);
  if (!isNode(value) || isType(value) || value.type === "ImportDeclaration") return;
  note(value);
  for (const part of Object.values(value)) if (part instanceof Object) visit(part, note);
}

function changesOf(node: Node, source: string): Change[] {
  const text = ({ start, end }: Node) => source.slice(start, end);
  const { left, right, operator, argument, test, expression, property } = node;
  switch (node.type) {
    case "BinaryExpression":
    case "LogicalExpression": {
      if (!isNode(left) || !isNode(right) || typeof operator !== "string") return [];
      const other = turned[operator];
      const isText = [left, right].some((side) => /^["'`]/.test(text(side)));
      if (other === undefined || (operator === "+" && isText)) return [];
      const at = source.indexOf(operator, left.end);
      return [[at, at + operator.length, other]];
    }
    case "IfStatement":
    case "ConditionalExpression":
      return isNode(test)
        ? [
            [test.start, test.end, "true"],
            [test.start, test.end, "false"],
          ]
        : [];
    case "UnaryExpression":
      return (operator === "!" || operator === "-") && isNode(argument)
        ? [[node.start, node.end, `(${text(argument)})`]]
        : [];
    case "Literal":
      if (typeof node.value === "boolean") return [[node.start, node.end, String(!node.value)]];
      return typeof node.value === "number" ? [[node.start, node.end, `(${text(node)} + 1)`]] : [];
    case "MemberExpression": {
      const other = isNode(property) && node.computed === false ? swapped[text(property)] : undefined;
      return isNode(property) && other !== undefined ? [[property.start, property.end, other]] : [];
    }
    case "ExpressionStatement":
      return isNode(expression) && expression.type !== "Literal" ? [[node.start, node.end, ";"]] : [];
    default:
      return [];
  }
}

/** The file's text with the fault in it. */
export const planted = (source: string, { start, end, becomes }: Fault): string =>
  source.slice(0, start) + becomes + source.slice(end);
