// What a check found, in plain words.
export interface Finding {
  readonly isWrong: boolean;
  readonly says: string;
  /** What to do about it, or what more there is to know. */
  readonly advice?: string;
}

export const fine = (says: string, advice?: string): Finding[] => [
  { isWrong: false, says, ...(advice ? { advice } : {}) },
];
export const wrong = (says: string, advice: string): Finding[] => [{ isWrong: true, says, advice }];
