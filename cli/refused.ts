// What was not taken and why: in words for a terminal, and as a table. Names and reasons come from strangers, and may hold anything.

export interface RefusedThing {
  readonly name: string;
  readonly code: string;
  readonly message: string;
}

const SHOWN_CHARACTERS = 200;

/** Text that moves no cursor and begins no line: control and format characters are written as `\u001b`. */
export const plain = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );

/** The same, and no longer than a few lines. */
export function shown(name: string): string {
  const text = plain(name);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}

interface Reason {
  readonly count: number;
  /** One that was refused for it. */
  readonly example: string;
}

const REASONS = 10;

/** The commonest reasons, a line each. */
export function reasonsOf(byReason: ReadonlyMap<string, Reason>): readonly string[] {
  const reasons = [...byReason].sort(([, a], [, b]) => b.count - a.count);
  return [
    ...reasons
      .slice(0, REASONS)
      .map(
        ([reason, { count, example }]) =>
          `  ${count} x ${plain(reason)} (${shown(example)}${count > 1 ? ", …" : ""})`,
      ),
    ...(reasons.length > REASONS ? [`  … and ${reasons.length - REASONS} other reasons`] : []),
  ];
}

export function reasonLines(refused: readonly RefusedThing[]): readonly string[] {
  const byReason = Map.groupBy(refused, ({ code, message }) => `${code}: ${message}`);
  return reasonsOf(
    new Map(
      Array.from(byReason, ([reason, which]) => [
        reason,
        { count: which.length, example: which[0]?.name ?? "" },
      ]),
    ),
  );
}

/** CSV, undefined where everything was taken. */
export function refusedTable(refused: readonly RefusedThing[]): string | undefined {
  return refused.length > 0 ? refusedTableHead + refused.map(refusedRow).join("") : undefined;
}

export const refusedTableHead = "name,code,message\n";
export const refusedRow = ({ name, code, message }: RefusedThing): string =>
  `${[name, code, message].map(cell).join(",")}\n`;

/** What a spreadsheet would take for a formula gets an apostrophe before it. */
const cell = (text: string) => `"${text.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
