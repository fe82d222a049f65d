// One picture to bring in: where its bytes are, and what is said of it.
import { captionSchema, filenameSchema, labelValueSchema, metadataValueSchema } from "../../schema/fields.ts";

export interface Entry {
  /** Its path below the folder, or its address: no two of an import have the same. */
  readonly name: string;
  readonly from: FileOnDisk | Address;
  readonly filename: string;
  readonly caption: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly isPublic: boolean;
  readonly nsfw: boolean;
}

export interface FileOnDisk {
  readonly kind: "file";
  readonly path: string;
}

export interface Address {
  readonly kind: "address";
  readonly url: string;
}

type Said = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** What other hosts know of a picture, in their own words and lengths. */
export interface Draft {
  readonly name?: string | undefined;
  readonly filename?: string | null | undefined;
  readonly caption?: string | null | undefined;
  readonly labels?: Said;
  readonly metadata?: Said;
  readonly isPublic?: boolean;
  readonly nsfw?: boolean;
}

/** Brings a draft to what the API takes: what is too long is cut, what is empty is left out, a label's comma becomes a space. */
export function entryOf(from: FileOnDisk | Address, draft: Draft): Entry {
  const place = from.kind === "file" ? from.path : from.url;
  const filename = draft.filename || lastName(place);
  return {
    name: draft.name ?? place,
    from,
    filename: filenameSchema.parse(filename),
    caption: captionSchema.parse((draft.caption ?? "").trim().slice(0, 2_000)),
    labels: pairsOf(draft.labels ?? {}, labelOf),
    metadata: pairsOf(draft.metadata ?? {}, (text) => text.slice(0, 2_000)),
    isPublic: draft.isPublic ?? true,
    nsfw: draft.nsfw ?? false,
  };
}

function lastName(place: string): string {
  const path = URL.canParse(place) ? new URL(place).pathname : place;
  const last = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

const labelOf = (text: string) =>
  labelValueSchema.safeParse(text.replaceAll(",", " ").replaceAll(/\s+/g, " ").trim().slice(0, 128).trim())
    .data;

/** Two of the fifty are the import's own. */
const MAX_PAIRS = 48;

function pairsOf(said: Said, keep: (text: string) => string | undefined): Record<string, string> {
  const pairs = Object.entries(said).flatMap(([key, value]) => {
    const text = value === null || value === undefined ? "" : String(value);
    const name = key.replaceAll(/[^A-Za-z0-9_.-]+/g, "_").slice(0, 64);
    const kept = text === "" || name === "" || name === "__proto__" ? undefined : keep(text);
    return kept ? [[name, metadataValueSchema.parse(kept)] as const] : [];
  });
  return Object.fromEntries(pairs.slice(0, MAX_PAIRS));
}
