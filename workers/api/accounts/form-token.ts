// Proof that a form was ours: made of the cookie's secret, which no other site can read.
import { hashSecret } from "./secret.ts";

/** The same for all forms of a session; nothing of the secret can be told from it. */
export const formTokenOf = (secret: string): Promise<string> => hashSecret(`form of ${secret}`);
