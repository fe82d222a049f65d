// Everything that an account has, as one JSON document, page by page: however many images there are, one page is held.
import type { Database } from "../database.ts";
import type { Origins } from "../origins.ts";
import { toImage } from "./image-object.ts";
import { listImages, type Position } from "./store/index.ts";

/** Each page is a query, and a request may only make a thousand. */
const PAGE = 500;

interface Exporting {
  readonly db: Database;
  readonly accountId: string;
  readonly origins: Pick<Origins, "src" | "page">;
  readonly now: number;
  /** What stands before the images: an object. */
  readonly head: object;
}

/** `{…head, "images": [Image objects, each with the original's sha256], "count": …}`, the oldest image first. */
export function exportImages({ db, accountId, origins, now, head }: Exporting): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let after: Position | undefined;
  let count = 0;
  const all = {
    accountId,
    limit: PAGE,
    order: "asc",
    labels: [],
    isPublic: undefined,
    text: undefined,
  } as const;
  const lines = async () => {
    const { rows, next } = await listImages(db, { ...all, after }, now);
    const text = rows.map((row, at) => {
      const image = { ...toImage(row, origins), sha256: row.sha256 };
      return `${count + at === 0 ? "" : ","}\n${JSON.stringify(image)}`;
    });
    count += rows.length;
    after = next;
    return text.join("");
  };
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(`${JSON.stringify(head).slice(0, -1)},"images":[`));
    },
    async pull(controller) {
      controller.enqueue(encoder.encode(await lines()));
      if (after) return;
      controller.enqueue(encoder.encode(`\n],"count":${count}}\n`));
      controller.close();
    },
  });
}
