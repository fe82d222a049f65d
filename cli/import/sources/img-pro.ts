// img.pro, or another edgepix: the pictures of an account, page by page, with a key that may read.
import * as z from "zod";
import { leadsElsewhere, readAnswer, reasonOf, redirects } from "../../answers.ts";
import { Stop } from "../../stop.ts";
import { type Entry, entryOf } from "../entry.ts";

const pageSchema = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      url: z.url(),
      filename: z.string(),
      caption: z.string().nullish(),
      labels: z.record(z.string(), z.string()).default({}),
      metadata: z.record(z.string(), z.string()).default({}),
      public: z.boolean().default(true),
      nsfw: z.boolean().default(false),
      created_at: z.string().nullish(),
    }),
  ),
  pagination: z.object({ next_cursor: z.string().nullish() }),
});

export interface Account {
  /** Of its API, without a slash at the end. */
  readonly origin: string;
  readonly key: string;
}

export async function readAccount({ origin, key }: Account): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  const query = new URLSearchParams({ limit: "100", order: "asc" });
  for (;;) {
    const answer = await fetch(`${origin}/v1/images?${query}`, {
      headers: { Authorization: `Bearer ${key}` },
      redirect: "manual",
    }).catch((cause: unknown) => {
      throw new Stop(`${origin} does not answer: ${reasonOf(cause)}`, undefined, { cause });
    });
    if (redirects.includes(answer.status)) throw new Stop(leadsElsewhere(origin, answer));
    if (!answer.ok) throw new Stop(`${origin} answers ${answer.status} to the key of --source-key.`);
    const { data, pagination } = await readAnswer(answer, pageSchema);
    for (const {
      id,
      url,
      filename,
      caption,
      labels,
      metadata,
      nsfw,
      created_at: uploaded,
      ...image
    } of data) {
      const draft = {
        name: id,
        filename,
        caption,
        labels,
        metadata: { ...metadata, uploaded },
        isPublic: image.public,
        nsfw,
      };
      entries.push(entryOf({ kind: "address", url }, draft));
    }
    if (!pagination.next_cursor) return entries;
    if (pagination.next_cursor === query.get("cursor"))
      throw new Stop(`${origin} answers the same page again and again.`);
    query.set("cursor", pagination.next_cursor);
  }
}
