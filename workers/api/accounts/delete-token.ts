// What lets a person without an account take back what they just shared: `del_` + 36 random base62 characters, told once.
import { hashSecret, randomBase62 } from "./secret.ts";

/** Answered by an upload without a key; sent in place of one. */
export const DELETE_TOKEN_HEADER = "Edgepix-Delete-Token";

const RANDOM_LENGTH = 36;
const shape = new RegExp(`^del_[0-9A-Za-z]{${RANDOM_LENGTH}}$`);

export const newDeleteToken = (): string => `del_${randomBase62(RANDOM_LENGTH)}`;

/** What is stored of a token, and what one that is sent is compared with; null where it can't be one. */
export async function hashDeleteToken(token: string): Promise<string | null> {
  return shape.test(token) ? hashSecret(token) : null;
}
