// Where the next page of one of the operator's lists begins, in its address.
export interface Place {
  readonly createdAt: number;
  readonly id: string;
}

export const printPlace = ({ createdAt, id }: Place): string => `${createdAt}-${id}`;

/** undefined = from the beginning, as for anything that `printPlace` did not write. */
export function parsePlace(text = ""): Place | undefined {
  const [, time, id] = /^(\d{1,15})-([0-9A-Za-z_-]{1,64})$/.exec(text) ?? [];
  return time === undefined || id === undefined ? undefined : { createdAt: Number(time), id };
}
