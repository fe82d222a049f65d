// What the form for a new key says.
import * as z from "zod";
import { isVisible } from "../../shared/visible.ts";
import type { NewKey } from "../accounts/keys.ts";
import { invalid } from "../validation.ts";

const DAY_MILLISECONDS = 86_400_000;

const keyFormSchema = z.object({
  name: z
    .string()
    .trim()
    .refine(isVisible, "Give the key a name.")
    .max(100, "A key's name has at most 100 characters.")
    .overwrite((name) => name.toWellFormed()),
  abilities: z.array(z.enum(["read", "write"])).min(1, "Choose what the key may do."),
  days: z
    .string()
    .regex(/^(|[1-9]\d{0,3})$/, "Send a number of days, or nothing for never.")
    .transform((days) => (days === "" ? null : Number(days))),
});

/** Throws a 422 that names what is wrong. */
export function parseKeyForm(form: URLSearchParams, now: number): NewKey {
  const result = keyFormSchema.safeParse({
    name: form.get("name") ?? "",
    abilities: [...new Set(form.getAll("may"))],
    days: form.get("days") ?? "",
  });
  if (!result.success) throw invalid(result.error);
  const { name, abilities, days } = result.data;
  return { name, abilities, expiresAt: days === null ? null : now + days * DAY_MILLISECONDS };
}
