// Exports in JSON: a list of pictures, somewhere in what a host's API has answered.
import * as z from "zod";
import { Stop } from "../../stop.ts";

/** Several answers of a paged API may stand in one file, one after another or in a list. Throws `Stop`. */
export function picturesIn<Item>(
  text: string,
  item: z.ZodType<Item>,
  where: readonly string[],
): readonly Item[] {
  const answers = parseEach(text);
  const found = answers.flatMap((answer) => listIn(answer, where));
  const pictures = z.array(item).safeParse(found);
  if (pictures.success && found.length > 0) return pictures.data;
  const why = pictures.success ? "no pictures are in it" : z.prettifyError(pictures.error);
  throw new Stop(`That is no such export: ${why}`);
}

function parseEach(text: string): unknown[] {
  try {
    const whole: unknown = JSON.parse(text);
    return Array.isArray(whole) ? whole : [whole];
  } catch {
    // As `curl` leaves it that was called once a page.
    return text
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line, index) => {
        try {
          return JSON.parse(line) as unknown;
        } catch (cause) {
          throw new Stop(`Line ${index + 1} is no JSON.`, undefined, { cause });
        }
      });
  }
}

/** The list under one of these paths; an answer that has none is a picture itself. */
function listIn(answer: unknown, where: readonly string[]): unknown[] {
  for (const path of where) {
    let inner: unknown = answer;
    for (const step of path.split("."))
      inner = typeof inner === "object" && inner !== null ? Reflect.get(inner, step) : undefined;
    if (Array.isArray(inner)) return inner;
  }
  return [answer];
}
