// What forms say of pictures, as the changes of the API.
import { type Changes, changesSchema } from "../../../../schema/fields.ts";
import { invalid } from "../../validation.ts";

/** For many pictures: what is left blank stays as it is. */
export function parseBatchForm(form: URLSearchParams): Changes {
  const field = (name: string) => form.get(name)?.trim() || undefined;
  const removed = field("unlabel");
  const labels = {
    ...pairsOf(field("label") ?? "", "label"),
    ...(removed !== undefined && { [removed]: null }),
  };
  const caption = form.get("no_caption") === null ? field("caption") : null;
  return parse({
    ...(caption !== undefined && { caption }),
    ...given("public", field("public")),
    ...given("nsfw", field("nsfw")),
    ...expiryOf(field("expires")),
    ...(Object.keys(labels).length > 0 && { labels }),
  });
}

/** For one picture: the form shows all, so what is not there any more goes. */
export function parsePictureForm(
  form: URLSearchParams,
  before: { readonly labels: Pairs; readonly metadata: Pairs },
): Changes {
  return parse({
    caption: form.get("caption") || null,
    filename: form.get("filename") ?? "",
    public: form.get("public") ?? "",
    nsfw: form.get("nsfw") !== null,
    hidden_metadata: form.get("hidden_metadata") ?? "",
    ...expiryOf(form.get("expires") || undefined),
    labels: replacing(before.labels, pairsOf(form.get("labels") ?? "", "labels")),
    metadata: replacing(before.metadata, pairsOf(form.get("metadata") ?? "", "metadata")),
  });
}

type Pairs = Readonly<Record<string, string>>;

const given = (name: string, value: string | undefined) => (value === undefined ? {} : { [name]: value });

/** `never`, or a life such as `7d` from now on. */
function expiryOf(expires: string | undefined) {
  if (expires === undefined) return {};
  return { ttl: expires === "never" ? null : expires };
}

/** A line each: `trip=rome`. */
function pairsOf(text: string, field: string): Pairs {
  const lines = text.split("\n").map((line) => line.trim());
  return Object.fromEntries(
    lines.filter(Boolean).map((line) => {
      const at = line.indexOf("=");
      if (at < 1) throw invalid({ [field]: ["Write each as key=value, such as trip=rome."] });
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}

/** Only what differs is a change. */
function replacing(before: Pairs, after: Pairs): Readonly<Record<string, string | null>> {
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  const set = Object.entries(after).filter(
    ([key, value]) => !Object.hasOwn(before, key) || onOneLine(before[key]) !== value,
  );
  return Object.fromEntries([...gone.map((key) => [key, null] as const), ...set]);
}

/** As `edit-picture.tsx` shows a value: what was only shown so is no change. */
const onOneLine = (value = ""): string => value.replace(/\s*[\r\n]+\s*/g, " ").trim();

function parse(changes: object): Changes {
  const result = changesSchema.safeParse(changes);
  if (!result.success) throw invalid(result.error);
  return result.data;
}
