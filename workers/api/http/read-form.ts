// What a small form says: fields without files.
import type { Context } from "hono";
import { ApiError } from "../../shared/api-error.ts";
import { readText } from "../../shared/http.ts";
import { patienceOf } from "../settings.ts";
import { arriving, withoutCrumbs } from "../upload/arriving.ts";
import type { AppEnv } from "./app-env.ts";

/** An address, a token, some words, and little around them. */
const MAX_FORM_BYTES = 20_000;

/** The fields of an urlencoded body; a 400 where it is too large, or its sender falls silent. */
export async function readForm<E extends AppEnv>(
  c: Context<E>,
  maxBytes = MAX_FORM_BYTES,
): Promise<URLSearchParams> {
  const body = withoutCrumbs(arriving(c.req.raw.body, patienceOf(c.var.settings)));
  const text = await readText(body, maxBytes);
  if (text === undefined) throw new ApiError("bad_request", { message: "The form is too large." });
  return new URLSearchParams(text);
}
