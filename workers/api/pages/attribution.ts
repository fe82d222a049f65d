// Who made a picture and what may be done with it, as far as its uploader said so in `metadata`.
import type { Image } from "../../../schema/api.ts";

export interface Attribution {
  readonly author: string | null;
  readonly license: string | null;
  /** Only what a browser opens as a page. */
  readonly sourceUrl: string | null;
}

export function attributionOf({ metadata }: Image): Attribution {
  return {
    author: metadata.author || null,
    license: metadata.license || null,
    sourceUrl: webAddress(metadata.source_url),
  };
}

/** A stranger's text is a link only where it can't run: `javascript:` is none. */
export function webAddress(text: string | undefined): string | null {
  if (!text || !URL.canParse(text)) return null;
  const { protocol, href } = new URL(text);
  return protocol === "https:" || protocol === "http:" ? href : null;
}
