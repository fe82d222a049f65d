// What the pages of the reference are made from.
import type { Origins } from "../../origins.ts";
import type { Visitor } from "../../pages/account-links.tsx";
import type { Settings } from "../../settings.ts";
import type { OpenApiDocument } from "../document.ts";

export interface DocsProps {
  readonly document: OpenApiDocument;
  readonly origins: Origins;
  readonly settings: Settings;
  /** Null = nobody who is signed in. */
  readonly reader: Reader | null;
}

export interface Reader {
  readonly visitor: Visitor;
  /** Of their keys that work the newest, as far as it is known here; null = there is none, or the page shows none. */
  readonly key: ReadersKey | null;
}

export interface ReadersKey {
  readonly name: string;
  /** Comma-separated: `read,write`. */
  readonly abilities: string;
  /** Its last four characters. */
  readonly hint: string;
}
