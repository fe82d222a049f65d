// What the pages of the reference are made from.
import type { Origins } from "../../origins.ts";
import type { Settings } from "../../settings.ts";
import type { OpenApiDocument } from "../document.ts";

export interface DocsProps {
  readonly document: OpenApiDocument;
  readonly origins: Origins;
  readonly settings: Settings;
  /** How the reader's own key ends, where they are signed in: `img_live_…ab12`. Null = nobody is known. */
  readonly keyHint: string | null;
}
