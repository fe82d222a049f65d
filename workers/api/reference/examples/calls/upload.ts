// Uploads, imports and safe retries.
import { ANONYMOUS_STORAGE } from "../../../../../schema/ids.ts";
import { SAMPLE } from "../../../../../schema/sample.ts";
import { buildImageUrl } from "../../../../shared/image-url.ts";
import type { CallsOf } from "../call.ts";
import { exampleImage } from "../image.ts";

export const uploadCalls: CallsOf = (origins) => [
  {
    name: "upload-without-key",
    title: "Upload without a key",
    operationId: "createImage",
    method: "POST",
    path: "/v1/images",
    credential: "none",
    body: { kind: "file" },
    status: 201,
    answerHeaders: { "Edgepix-Delete-Token": "del_Zb4…" },
    answer: exampleImage(origins, { expires_at: "2026-05-31T09:30:00Z" }, ANONYMOUS_STORAGE),
  },
  {
    name: "upload",
    title: "Upload with a key",
    operationId: "uploadImage",
    method: "POST",
    path: "/v1/images",
    credential: "key",
    body: { kind: "file", fields: { caption: "The lake", labels: '{"trip":"north"}' } },
    status: 201,
    answer: exampleImage(origins, { caption: "The lake", labels: { trip: "north" } }),
  },
  {
    name: "import",
    title: "Import from an address",
    operationId: "importImage",
    method: "POST",
    path: "/v1/images",
    credential: "key",
    body: {
      kind: "json",
      value: { url: buildImageUrl(origins.src, SAMPLE), filename: "lake.jpg", ttl: "30d" },
    },
    status: 201,
    answer: exampleImage(origins, { expires_at: "2026-05-31T09:30:00Z" }),
  },
  {
    name: "upload-once",
    title: "Upload so that a retry makes no second image",
    operationId: "createImage",
    method: "POST",
    path: "/v1/images",
    credential: "key",
    headers: { "Idempotency-Key": "order-4711-photo-1" },
    body: { kind: "file" },
    status: 201,
    answerHeaders: { "Idempotent-Replayed": "true" },
    answer: exampleImage(origins),
  },
];
