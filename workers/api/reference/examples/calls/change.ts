// Changes and deletions, of one image and of many.
import type { CallsOf } from "../call.ts";
import { EXAMPLE_ID, exampleImage, OTHER_EXAMPLE_ID } from "../image.ts";

const gone = (id: string) => ({ id, object: "image", deleted: true });
const purged = { Purge: "done" };

export const changeCalls: CallsOf = (origins) => {
  const changed = exampleImage(origins, {
    caption: "The lake at noon",
    labels: { trip: "north", year: "2026" },
  });
  const hidden = { public: false, published_at: null } as const;
  const other = exampleImage(origins, { id: OTHER_EXAMPLE_ID, ...hidden });
  const common = { credential: "key", status: 200, answerHeaders: purged } as const;
  return [
    {
      ...common,
      name: "change",
      title: "Change an image",
      operationId: "changeImage",
      method: "PATCH",
      path: `/v1/images/${EXAMPLE_ID}`,
      body: { kind: "json", value: { caption: "The lake at noon", labels: { year: "2026" } } },
      answer: changed,
    },
    {
      ...common,
      name: "change-many",
      title: "Change many at once",
      operationId: "changeImages",
      method: "PATCH",
      path: "/v1/images/batch",
      body: { kind: "json", value: { ids: [EXAMPLE_ID, OTHER_EXAMPLE_ID], public: false } },
      answer: { object: "batch_result", data: [{ ...changed, ...hidden }, other], errors: [] },
    },
    {
      ...common,
      name: "delete",
      title: "Delete an image",
      operationId: "deleteImage",
      method: "DELETE",
      path: `/v1/images/${EXAMPLE_ID}`,
      answer: gone(EXAMPLE_ID),
    },
    {
      ...common,
      name: "delete-many",
      title: "Delete many at once",
      operationId: "deleteImages",
      method: "DELETE",
      path: "/v1/images/batch",
      body: { kind: "json", value: { ids: [EXAMPLE_ID, OTHER_EXAMPLE_ID] } },
      answer: {
        object: "batch_result",
        data: [gone(EXAMPLE_ID), gone(OTHER_EXAMPLE_ID)],
        errors: [],
      },
    },
    {
      ...common,
      name: "delete-without-key",
      title: "Delete what was uploaded without a key",
      operationId: "deleteImage",
      method: "DELETE",
      path: `/v1/images/${EXAMPLE_ID}`,
      credential: "token",
      answer: gone(EXAMPLE_ID),
    },
  ];
};
