// Turns what a schema refused into the API's validation error.
import { z } from "zod";
import { ApiError } from "../shared/api-error.ts";

type Details = Readonly<Record<string, readonly string[]>>;

/** A 422 whose `details` name each bad field with the sentences that say what was expected. */
export function invalid(problem: z.ZodError | Details, cause?: unknown): ApiError {
  const details = problem instanceof z.ZodError ? detailsOf(problem) : problem;
  return new ApiError("validation_error", { details, cause });
}

function detailsOf(error: z.ZodError): Details {
  const details: Record<string, string[]> = {};
  for (const issue of error.issues) {
    for (const name of fieldsOf(issue)) {
      details[name] ??= [];
      details[name].push(issue.message);
    }
  }
  return details;
}

/** An unknown field is named itself; everything else by the first step of its path. */
function fieldsOf(issue: z.core.$ZodIssue): readonly string[] {
  if (issue.code === "unrecognized_keys") return issue.keys;
  return [String(issue.path[0] ?? "body")];
}
