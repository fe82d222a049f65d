// What a refused value should have been, in people's words: the library's own sentences speak of records and literals.
import * as z from "zod";

const kinds: Readonly<Record<string, string>> = {
  record: "an object",
  object: "an object",
  array: "a list",
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
};

const units: Readonly<Record<string, string>> = { string: " characters", array: " entries" };

/** For values whose schema has no sentence of its own. */
export function sentenceFor(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return "This is needed.";
      return `Send ${kinds[issue.expected] ?? "a value of the kind that is documented"}.`;
    case "too_small":
      return `Send at least ${issue.minimum}${units[issue.origin] ?? ""}.`;
    case "too_big":
      return `Send at most ${issue.maximum}${units[issue.origin] ?? ""}.`;
    case "invalid_value":
      return `Send ${issue.values.map(String).join(" or ")}.`;
    case "unrecognized_keys":
      return "There is no such field.";
    default:
      return "This value can't be used here.";
  }
}

z.config({ localeError: sentenceFor });
