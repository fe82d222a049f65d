// Where the next page of one of the operator's lists begins, in its address.
export interface Listed {
  readonly createdAt: number;
  readonly id: string;
}

export const printOperatorCursor = ({ createdAt, id }: Listed): string => `${createdAt}-${id}`;

/** undefined = from the beginning, as for anything that `printOperatorCursor` did not write. */
export function parseOperatorCursor(text = ""): Listed | undefined {
  const [, time, id] = /^(\d{1,15})-([0-9A-Za-z_-]{1,64})$/.exec(text) ?? [];
  return time === undefined || id === undefined ? undefined : { createdAt: Number(time), id };
}
