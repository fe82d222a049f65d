// The fields of an upload, whichever way they came: checked by one schema, refused with the names of the bad ones.
import { type UploadFields, uploadFieldsSchema } from "../../../schema/fields.ts";
import { parseShallowJson } from "../../shared/json.ts";
import { invalid } from "../validation.ts";

/** Fields as they came. Later ones win over earlier ones of the same name. */
export type RawFields = ReadonlyMap<string, unknown>;

const known: ReadonlySet<string> = new Set(Object.keys(uploadFieldsSchema.shape));
const asJson: ReadonlySet<string> = new Set(["labels", "metadata"]);

/** What stands in a form for a value that its sender's program does not have, in fields that can't mean it as text. */
const nothingWritten: ReadonlySet<unknown> = new Set(["null", "undefined", "None"]);
const texts: ReadonlySet<string> = new Set(["caption", "filename"]);

/** Forms send every field that they show: one left blank was not given. JSON says it with null. */
function isGiven(name: string, value: unknown): boolean {
  if (value === null || value === undefined) return false;
  if (typeof value !== "string") return true;
  return value.trim() !== "" && (texts.has(name) || !nothingWritten.has(value));
}

/** Checks the fields. What is not a field of ours is kept in `metadata` under its own name. */
export function parseUploadFields(raw: RawFields): UploadFields {
  const ours = Object.fromEntries(
    [...raw]
      .filter(([name, value]) => known.has(name) && isGiven(name, value))
      .map(([name, value]) => [name, asJson.has(name) ? readJson(name, value) : value]),
  );
  const others = Object.fromEntries([...raw].filter(([name]) => !known.has(name)));
  const hasOthers = Object.keys(others).length > 0;
  const fields = hasOthers ? { ...ours, metadata: { ...others, ...asObject(ours.metadata) } } : ours;
  const result = uploadFieldsSchema.safeParse(fields);
  if (!result.success) throw invalid(result.error);
  return result.data;
}

/** JSON where it came as text; in a JSON body it is an object already. */
function readJson(name: string, text: unknown): unknown {
  if (typeof text !== "string") return text;
  try {
    return parseShallowJson(text);
  } catch (cause) {
    throw invalid({ [name]: ["Send a JSON object."] }, cause);
  }
}

/** What is no object stays as it is under a name that the schema refuses. */
function asObject(value: unknown): object {
  if (value === undefined) return {};
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : { metadata: value };
}
