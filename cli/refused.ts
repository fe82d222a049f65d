// What was not taken and why: in words for a terminal, and as a table. Names come from strangers, and may hold anything.

export interface RefusedThing {
  readonly name: string;
  readonly code: string;
  readonly message: string;
}

const SHOWN_CHARACTERS = 200;

/** A name that moves no cursor and begins no line: control and format characters are written as `\u001b`. */
export function shown(name: string): string {
  const plain = name.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
  return plain.length > SHOWN_CHARACTERS ? `${plain.slice(0, SHOWN_CHARACTERS)}…` : plain;
}

/** The ten commonest reasons, a line each. */
export function reasonLines(refused: readonly RefusedThing[]): readonly string[] {
  const byReason = Map.groupBy(refused, ({ code, message }) => `${code}: ${message}`);
  const reasons = [...byReason].sort(([, a], [, b]) => b.length - a.length);
  return [
    ...reasons
      .slice(0, 10)
      .map(
        ([reason, which]) =>
          `  ${which.length} x ${reason} (${shown(which[0]?.name ?? "")}${which.length > 1 ? ", …" : ""})`,
      ),
    ...(reasons.length > 10 ? [`  … and ${reasons.length - 10} other reasons`] : []),
  ];
}

/** CSV, undefined where everything was taken. */
export function refusedTable(refused: readonly RefusedThing[]): string | undefined {
  if (refused.length === 0) return undefined;
  const rows = refused.map(({ name, code, message }) => [name, code, message].map(cell).join(","));
  return ["name,code,message", ...rows, ""].join("\n");
}

/** What a spreadsheet would take for a formula gets an apostrophe before it. */
const cell = (text: string) => `"${text.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
