// Looking at images, and at what is used.
import type { Usage } from "../../../../../schema/api.ts";
import { plans } from "../../../../../schema/plans.ts";
import type { CallsOf } from "../call.ts";
import { EXAMPLE_ID, exampleImage } from "../image.ts";

const usage: Usage = {
  object: "usage",
  plan: "free",
  limits_enforced: true,
  period: { start: "2026-05-01T00:00:00Z", end: "2026-06-01T00:00:00Z" },
  limits: {
    uploads: { used: 12, limit: plans.free.uploadsPerMonth },
    storage_bytes: { used: 9_812_345, limit: plans.free.storageBytes },
    images: { used: 12, limit: null },
  },
  totals: { images_stored: 12, bytes_stored: 9_812_345 },
};

export const readCalls: CallsOf = (origins) => {
  const image = exampleImage(origins, { caption: "The lake", labels: { trip: "north" } });
  const found = { object: "list", data: [image], pagination: { has_more: false, next_cursor: null } };
  const get = { method: "GET", credential: "key", status: 200 } as const;
  return [
    {
      ...get,
      name: "look",
      title: "Look at an image",
      operationId: "getImage",
      path: `/v1/images/${EXAMPLE_ID}`,
      answer: image,
    },
    {
      ...get,
      name: "list",
      title: "List by label",
      operationId: "listImages",
      path: "/v1/images",
      query: { "label[trip]": "north", limit: "20" },
      answer: found,
    },
    {
      ...get,
      name: "search",
      title: "Search by words",
      operationId: "listImages",
      path: "/v1/images",
      query: { q: "the lake", "label[trip]": "north", order: "asc" },
      answer: found,
    },
    {
      ...get,
      name: "usage",
      title: "Ask what is used",
      operationId: "getUsage",
      path: "/v1/usage",
      answer: usage,
    },
  ];
};
