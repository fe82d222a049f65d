// What a section of the bench has found: a row for each bar.
export interface Row {
  readonly what: string;
  readonly value: string;
  readonly bar: string;
  readonly isMet: boolean;
}

export const atMost = (what: string, value: number, most: number): Row => ({
  what,
  value: String(value),
  bar: most === 0 ? "0" : `<= ${most}`,
  isMet: value <= most,
});

export const median = (values: readonly number[]) =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
