// One way of writing an address: accounts are found by it.
import * as z from "zod";

/** RFC 5321's longest path, without its angle brackets. */
const MAX_LENGTH = 254;

const emailSchema = z
  .string()
  .transform((text) => text.trim().normalize("NFC").toLowerCase())
  .pipe(z.email().max(MAX_LENGTH));

/** As it is stored and compared; undefined for what is no address. No server that matters tells letters of two cases apart. */
export function normalEmail(text: string): string | undefined {
  const result = emailSchema.safeParse(text);
  return result.success ? result.data : undefined;
}
