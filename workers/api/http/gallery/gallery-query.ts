// What the gallery's address asks for: the API's list in the words of a form.
import * as z from "zod";
import { labelFiltersSchema, listQuerySchema } from "../../../../schema/list.ts";
import type { ListQuery } from "../../images/store/index.ts";
import { invalid } from "../../validation.ts";
import { parseCursor } from "../cursor.ts";

const PAGE = 60;

export interface GalleryQuery {
  readonly list: Omit<ListQuery, "accountId">;
  /** As it stands in the form. */
  readonly label: string;
}

/** Throws a 422 that says what is wrong. */
export function parseGalleryQuery(query: URLSearchParams): GalleryQuery {
  const result = listQuerySchema
    .omit({ limit: true, ids: true })
    .safeParse(Object.fromEntries(query.entries()));
  if (!result.success) throw invalid(result.error);
  const { cursor, q, public: isPublic, order } = result.data;
  const label = query.get("label")?.trim() ?? "";
  const labels = labelFiltersSchema.safeParse(label === "" ? [] : [filterOf(label)]);
  if (!labels.success) throw invalid({ label: labels.error.issues.map(({ message }) => message) });
  const after = cursor === undefined ? undefined : parseCursor(cursor);
  return { list: { limit: PAGE, order, after, labels: labels.data, isPublic, text: q }, label };
}

/** `trip=rome`, or `trip=rome,paris` for any of them. */
function filterOf(label: string) {
  if (!label.includes("=")) throw invalid({ label: ["Write a label as key=value, such as trip=rome."] });
  const [key = "", ...rest] = label.split("=");
  const values = rest.join("=").split(",");
  return { key: key.trim(), values: [...new Set(values.map((value) => value.trim()))].filter(Boolean) };
}

/** Ids that a form names: 1 to `most` of them, which is what a batch of the API takes. */
export function parseChosen(form: URLSearchParams, most = 100): readonly string[] {
  const ids = [...new Set(form.getAll("id"))];
  const chosen = z
    .array(z.string())
    .min(1, "Choose a picture first.")
    .max(most, `Choose up to ${most} pictures.`);
  const result = chosen.safeParse(ids);
  if (!result.success) throw invalid(result.error);
  return result.data;
}
