// The API's side of a probe: a picture is uploaded, and taken away again.
import { z } from "zod";
import { jsonIn, reasonOf } from "../answers.ts";
import { drawPicture } from "./picture.ts";

const imageSchema = z.object({ id: z.string(), url: z.url(), expires_at: z.string().nullable() });
const errorSchema = z.object({ error: z.object({ message: z.string() }) });

export type Uploaded = z.infer<typeof imageSchema>;

/** A stranger's picture goes by itself; the shortest time that the API takes. */
const STRANGERS_TTL = "5m";

export class Deployment {
  readonly origin: string;
  readonly #key: string | undefined;

  constructor(origin: string, key: string | undefined) {
    this.origin = origin;
    this.#key = key;
  }

  get hasKey(): boolean {
    return this.#key !== undefined;
  }

  /** A picture that nobody has seen before. Throws a sentence where that is refused. */
  async upload(): Promise<Uploaded> {
    const query = this.#key === undefined ? `?ttl=${STRANGERS_TTL}` : "";
    const answer = await fetch(`${this.origin}/v1/images${query}`, {
      method: "POST",
      headers: { ...this.#credential(), "Content-Type": "image/png" },
      body: drawPicture(),
    }).catch((problem: unknown) => {
      throw new Error(`${this.origin} does not answer (${reasonOf(problem)}).`);
    });
    const text = await answer.text();
    const image = imageSchema.safeParse(jsonIn(text));
    if (answer.status === 201 && image.success) return image.data;
    const refusal = errorSchema.safeParse(jsonIn(text));
    throw new Error(
      refusal.success
        ? `the upload was refused (${answer.status}): ${refusal.data.error.message}`
        : `${this.origin}/v1/images answered ${answer.status}, and not as edgepix does. Is this the address of the API?`,
    );
  }

  /** What the answer says of caches: `done`, `pending`, or nothing. */
  async remove(id: string): Promise<string | null> {
    const answer = await fetch(`${this.origin}/v1/images/${id}`, {
      method: "DELETE",
      headers: this.#credential(),
    });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`the deletion of ${id} answered ${answer.status}`);
    return answer.headers.get("Purge");
  }

  #credential(): Record<string, string> {
    return this.#key === undefined ? {} : { Authorization: `Bearer ${this.#key}` };
  }
}
