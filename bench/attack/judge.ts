// Whether an answer keeps the contract: a picture, a page, or a refusal with a code that the contract knows.

import sharp from "sharp";
import { errorSchema } from "../../schema/api.ts";
import { errorKinds, errorNames, wireCode } from "../../schema/errors.ts";
import type { Answer } from "./attack.ts";

/** What is wrong with an answer; undefined when it may stand. */
export async function problemOf(answer: Answer): Promise<string | undefined> {
  const { status, may, headers } = answer;
  if (answer.isClosedEarly) return undefined;
  if (status === 0) return `no answer: ${answer.problem}`;
  // Who is turned away for now may come back.
  const isBusy = status === 503 && headers.has("Retry-After");
  if (may !== undefined && !may.includes(status) && !isBusy)
    return `${status}, not ${may.join(" or ")}: ${start(answer)}`;
  if (status >= 400) return refusalProblem(answer);
  if (status === 204 || status === 304 || answer.body.length === 0) return undefined;
  const type = headers.get("Content-Type") ?? "none";
  if (type.startsWith("image/")) return await pictureProblem(answer, type);
  if (/^(application\/json|text\/(html|plain|markdown|css|javascript))/.test(type)) return undefined;
  return `${status} of the type ${type}`;
}

/** In a word or two, for the table. */
export function wordFor({ status, headers, body, isCut, isClosedEarly }: Answer): string {
  const [, kind = ""] = /^image\/([\w]+)/.exec(headers.get("Content-Type") ?? "") ?? [];
  if (isClosedEarly) return "closed";
  if (status === 0) return "nothing";
  if (isCut) return `${status} cut`;
  if (status === 200 && kind) return kind;
  const code = status >= 400 ? errorSchema.safeParse(parseJson(body)).data?.error.code : undefined;
  return code === undefined ? String(status) : `${status} ${code}`;
}

function refusalProblem(answer: Answer): string | undefined {
  const { status, headers, body } = answer;
  // RFC 9110 wants no more of it than the length that there is.
  if (status === 416 && headers.has("Content-Range")) return undefined;
  // A page, or a refusal by the HTTP server itself before any Worker ran.
  if ((status === 404 && headers.get("Content-Type")?.startsWith("text/html")) || isOfTheServer(answer))
    return undefined;
  const parsed = errorSchema.safeParse(parseJson(body));
  if (!parsed.success) return `${status} that is no error of the contract: ${start(answer)}`;
  const { code } = parsed.data.error;
  if (code === "server_error" && status === 500) return `server_error: ${start(answer)}`;
  const known = errorNames.some((name) => wireCode(name) === code && errorKinds[name].status === status);
  return known ? undefined : `${status} does not go with ${code}`;
}

const isOfTheServer = ({ status, headers }: Answer) =>
  [400, 413, 431, 501].includes(status) &&
  !headers.has("X-Request-Id") &&
  !headers.get("Content-Type")?.startsWith("application/json");

/** A plain original may be as odd as it was sent; what we made must open. */
async function pictureProblem({ body, headers, isCut }: Answer, type: string): Promise<string | undefined> {
  if (headers.get("X-Content-Type-Options") !== "nosniff") return `${type} without nosniff`;
  // Damage that only shows half-way: there is nothing left to say but to end.
  if (isCut || !headers.has("Server-Timing")) return undefined;
  try {
    const { width, height } = await sharp(body, { animated: true, limitInputPixels: false }).metadata();
    return width && height ? undefined : "the picture has no size";
  } catch (error) {
    return `the picture does not open: ${String(error)}`;
  }
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch {
    return undefined;
  }
}

const start = ({ body }: Answer) => Buffer.from(body.subarray(0, 200)).toString();
