// What may be said of an image to the operator, and what the operator may do about it.
import * as z from "zod";

export const reportReasons = [
  "illegal",
  "sexual",
  "violence",
  "harassment",
  "copyright",
  "spam",
  "other",
] as const;
export type ReportReason = (typeof reportReasons)[number];

/** How a report ended. */
export const resolutions = ["blocked", "marked", "deleted", "dismissed"] as const;
export type Resolution = (typeof resolutions)[number];

/** What strangers may send: one address by itself, and all together. */
export const REPORTS_PER_ADDRESS_AND_HOUR = 10;
export const REPORTS_PER_HOUR = 120;
export const REPORTS_PER_DAY = 600;

export const MAX_REPORT_WORDS = 1_000;
const MAX_EMAIL = 254;

/** The fields of the form at `/{id}/report`. */
export const reportFormSchema = z.object({
  reason: z.enum(reportReasons, { error: "Choose what is wrong with it." }),
  words: z
    .string()
    // Forms send every line's end as two characters.
    .transform((words) => words.replaceAll("\r\n", "\n").trim())
    .pipe(z.string().max(MAX_REPORT_WORDS, `Say it in ${MAX_REPORT_WORDS} characters at most.`)),
  email: z
    .string()
    .trim()
    .pipe(
      z.union([
        z.literal("").transform(() => null),
        z.email("That is no e-mail address. It may be left out.").max(MAX_EMAIL),
      ]),
    ),
});
export type ReportForm = z.infer<typeof reportFormSchema>;
