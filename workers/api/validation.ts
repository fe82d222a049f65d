// Turns what a schema refused into the API's validation error.
import * as z from "zod";
import "../../schema/words.ts";
import { ApiError } from "../shared/api-error.ts";

type Details = Readonly<Record<string, readonly string[]>>;

/** A 422 whose `details` name each bad field with the sentences that say what was expected. */
export function invalid(problem: z.ZodError | Details, cause?: unknown): ApiError {
  const details = problem instanceof z.ZodError ? detailsOf(problem) : problem;
  return new ApiError("validation_error", { details, cause });
}

/** Through a Map, because a caller may call a field `__proto__`. */
function detailsOf(error: z.ZodError): Details {
  const named = error.issues.flatMap((issue) => fieldsOf(issue).map((field) => ({ field, issue })));
  const byField = Map.groupBy(named, ({ field }) => field);
  return Object.fromEntries(
    [...byField].map(([field, problems]) => [field, problems.flatMap(({ issue }) => sentencesOf(issue))]),
  );
}

/** Of a bad key, what its own rule says. */
function sentencesOf(issue: z.core.$ZodIssue): readonly string[] {
  return issue.code === "invalid_key" ? issue.issues.map(({ message }) => message) : [issue.message];
}

/** An unknown field is named itself; everything else by the first step of its path. */
function fieldsOf(issue: z.core.$ZodIssue): readonly string[] {
  if (issue.code === "unrecognized_keys") return issue.keys;
  return [String(issue.path[0] ?? "body")];
}
