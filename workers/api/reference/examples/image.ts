// The Image object of the examples: what a deployment answers for the sample picture.
import type { Image } from "../../../../schema/api.ts";
import { SAMPLE, SAMPLE_FILENAME } from "../../../../schema/sample.ts";
import { buildImageUrl } from "../../../shared/image-url.ts";
import { namedSize } from "../../../shared/size.ts";
import type { Origins } from "../../origins.ts";

export const EXAMPLE_ID = SAMPLE.id;
export const OTHER_EXAMPLE_ID = "m2c7w1pz";
export const EXAMPLE_STORAGE = "7c1x9a";

const size = { width: 1440, height: 1080 };

export function exampleImage(
  origins: Origins,
  changes: Partial<Image> = {},
  storage = EXAMPLE_STORAGE,
): Image {
  const id = changes.id ?? EXAMPLE_ID;
  const address = { storage, id, extension: "jpg" } as const;
  const sized = (name: "s" | "m" | "l") => ({
    url: buildImageUrl(origins.src, address, { size: name }),
    ...namedSize(size, name),
  });
  return {
    id,
    object: "image",
    url: buildImageUrl(origins.src, address),
    page_url: `${origins.page}/${id}`,
    sizes: { small: sized("s"), medium: sized("m"), large: sized("l") },
    filename: SAMPLE_FILENAME,
    format: "jpg",
    ...size,
    bytes: 73_770,
    transformable: true,
    status: "ready",
    public: true,
    published_at: "2026-05-01T09:30:00Z",
    expires_at: null,
    created_at: "2026-05-01T09:30:00Z",
    caption: null,
    labels: {},
    metadata: {},
    nsfw: false,
    placeholder: { thumbhash: "oNcNJYJniIh/h3d2iFh4g3VwJwdV", color: "#a8b5c7" },
    access: "public",
    hidden_metadata: "strip",
    notes: [],
    ...changes,
  };
}
