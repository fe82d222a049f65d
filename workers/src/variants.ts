// The cached entrypoint behind the front door: one name, one render, whatever spellings led to it.
import { WorkerEntrypoint } from "cloudflare:workers";
import { mimeTypes } from "../../schema/facts.ts";
import type { Bytes } from "../formats/bytes/source.ts";
import { shortImageUrl } from "../shared/image-url.ts";
import { openAhead } from "./door/ahead.ts";
import { attempt, waitForAttempt } from "./door/attempts.ts";
import { spendOddRender, spendRender } from "./door/budgets.ts";
import { type Decision, decide, planOrRefuse, withoutMaster } from "./door/decide.ts";
import { gate } from "./door/gate.ts";
import { findKept, isWorthKeeping, keepRender } from "./door/kept-renders.ts";
import { bytesOfMaster, MasterLost } from "./door/masters.ts";
import { bytesOf, type Original } from "./door/original.ts";
import { NotShorter, Output } from "./door/output.ts";
import { plainLength } from "./door/plain.ts";
import { refused } from "./door/refusal.ts";
import { Stopwatch } from "./door/stopwatch.ts";
import { versionOf } from "./door/version.ts";
import { noteRender, type Render } from "./door/view.ts";
import { cached, lookUp } from "./edge/kept-answers.ts";
import { carrying, findCarried } from "./metadata/carry.ts";
import { shortAccept } from "./plan/accept.ts";
import { leftoversOf } from "./plan/claims.ts";
import { mostHeldBytes } from "./plan/kernel-memory.ts";
import { isOnLadder } from "./plan/ladder.ts";
import { factsOfMaster } from "./plan/master.ts";
import type { RenderPlan } from "./plan/plan.ts";
import type { OriginalFacts } from "./plan/stored-facts.ts";
import type { Variant } from "./plan/variant.ts";
import { lookAt } from "./render/look.ts";
import { render } from "./render/pipeline.ts";
import type { OpenFile } from "./render/write-chosen.ts";

/** Caches key by URL and never look at this: it tells how to make what the URL only names. */
const IMAGE_URL_HEADER = "X-Image-Url";

/** Who asks: renders are counted by address. */
const CLIENT_HEADER = "X-Client-Address";

/** The name of the request that asks first: of a render that fails, in its answer and in the log. */
export const REQUEST_ID_HEADER = "X-Request-Id";

/** Asks the entrypoint below for the picture that `version` names and `request` spells. */
export function askForVariant(
  variants: Pick<Fetcher, "fetch">,
  { storage, id }: Pick<Original, "storage" | "id">,
  version: string,
  request: Request,
  requestId: string,
): Promise<Response> {
  const headers = {
    [REQUEST_ID_HEADER]: requestId,
    [IMAGE_URL_HEADER]: shortImageUrl(new URL(request.url)),
    [CLIENT_HEADER]: request.headers.get("CF-Connecting-IP") ?? "",
    Accept: shortAccept(request.headers.get("Accept") ?? ""),
  };
  return variants.fetch(`https://variants/${storage}/${id}/${version}`, { headers });
}

/** In place of a picture: the original as it is has fewer bytes, and is the front door's to answer. */
const STAYS_HEADER = "X-Original-Stays";
const STAYS = "The original is shorter.";
const staying = { [STAYS_HEADER]: "1", "Content-Length": String(STAYS.length) };
export const stays = ({ headers }: Response) => headers.has(STAYS_HEADER);

/** In place of a picture: the master that its name tells of is gone. The front door asks for it under the name of the original's own render. */
const LOST_HEADER = "X-Master-Lost";
const lost = () =>
  new Response(null, { status: 410, headers: { [LOST_HEADER]: "1", "Cache-Control": "no-store" } });
export const isMasterLost = ({ headers }: Response) => headers.has(LOST_HEADER);

/** Whether an answer is what its name says: of a row that was changed after it was named it is not, and nobody may keep it. */
export const isNamed = ({ headers }: Response) => headers.get("Cache-Control") !== "no-store";

type RenderDecision = Decision & { readonly plan: RenderPlan };

export class Variants extends WorkerEntrypoint<SrcEnv> {
  override async fetch(request: Request): Promise<Response> {
    const begun = Date.now();
    const told: Render = {};
    const answer = await this.#answer(request, told);
    noteRender(this.env, told, answer, Date.now() - begun);
    return answer;
  }

  /** `told` hears what became of it on the way. */
  async #answer(request: Request, told: Render): Promise<Response> {
    const { headers } = request;
    try {
      return await cached(this.ctx, request.url, async () => {
        if (await waitForAttempt(request.url)) {
          const made = await lookUp(this.ctx, request.url);
          if (made) return made;
        }
        const url = new URL(headers.get(IMAGE_URL_HEADER) ?? request.url);
        const decided = await decide(this.env, url, headers.get("Accept") ?? "", Date.now());
        const { decision, version, isNamed } = await asNamed(request.url, decided);
        const { original, plan } = decision;
        told.original = original;
        // So it is by now: a look, or its owner, has changed the row since it was named.
        if (plan.kind === "plain") {
          told.cache = "stays";
          return new Response(STAYS, { headers: { ...staying, "Cache-Control": "no-store" } });
        }
        const keptAs = isWorthKeeping(decision, plan, Date.now()) ? version : null;
        const kept = keptAs && (await findKept(this.env.ORIGINALS, original, keptAs));
        if (kept) {
          told.cache = "kept";
          return lasting(kept);
        }
        const address = headers.get(CLIENT_HEADER) ?? "";
        const isOdd = !isOnLadder(decision.asked.transform);
        const pay = async (cpuMs: number) => {
          const spending = { address, image: original, cpuMs };
          await spendRender(this.env, spending);
          if (isOdd) await spendOddRender(this.env, spending);
        };
        const cpuMs = plan.cpuMs + (plan.look?.cpuMs ?? 0);
        await pay(cpuMs);
        Object.assign(told, { cache: "made", cpuMs } satisfies Render);
        const answer = await this.#render({ ...decision, plan }, request.url, keptAs, pay);
        if (stays(answer)) told.cache = "stays";
        if (!isNamed) answer.headers.set("Cache-Control", "no-store");
        return answer;
      });
    } catch (thrown) {
      if (thrown instanceof MasterLost) return lost();
      const requestId = headers.get(REQUEST_ID_HEADER) ?? crypto.randomUUID();
      const url = headers.get(IMAGE_URL_HEADER) ?? request.url;
      return refused(thrown, { requestId, pageOrigin: this.env.PAGE_ORIGIN, url });
    }
  }

  async #render(
    decision: RenderDecision,
    name: string,
    keptAs: string | null,
    pay: (cpuMs: number) => Promise<void>,
  ): Promise<Response> {
    const { original } = decision;
    const watch = new Stopwatch();
    const stored = bytesOf(this.env.ORIGINALS, original);
    const source = sourceOf(this.env.ORIGINALS, decision);
    const bytes = openAhead(source.open, source.bytes);
    const plan = await settledPlan(decision, source, bytes, watch);
    const { metadata, mayStay } = plan.variant;
    const output = new Output(
      mostHeldBytes,
      mayStay ? await plainLength(original, metadata, stored) : undefined,
    );
    const carried = await findCarried(metadata, original.facts, stored);
    let { format } = plan.variant;
    const open: OpenFile = (chosen) => {
      format = chosen;
      return carrying(carried, chosen, output.write);
    };
    const work = () => render(plan, bytes, source.facts, watch, open, pay);
    const left = leftoversOf(plan, plan.source, writerFormat(plan.variant), source.bytes);
    const rendering = gate.run({ ...plan, ...left }, () => attempt(name, plan.cpuMs, work, output.begun), {
      // A long file is still being made when its answer begins.
      keepAlive: (work) => this.ctx.waitUntil(work.then(() => following)),
      prepare: bytes.fetchAhead,
    });
    const following = output.follow(rendering);
    const file = await output.begun.catch((thrown: unknown) => {
      if (thrown instanceof NotShorter) return undefined;
      throw thrown;
    });
    const timing = { "Server-Timing": watch.header };
    if (!file) return lasting(new Response(STAYS, { headers: { ...timing, ...staying } }));
    const { length, body } = file;
    if (keptAs !== null && body instanceof Uint8Array)
      this.ctx.waitUntil(keepRender(this.env.ORIGINALS, original, keptAs, { format, body }));
    return lasting(
      new Response(body, {
        headers: {
          ...timing,
          "Content-Type": mimeTypes[format],
          ...(length === undefined ? {} : { "Content-Length": String(length) }),
        },
      }),
    );
  }
}

/** The name says what the bytes are for ever; how long a browser may keep them is the front door's to say. */
function lasting(answer: Response): Response {
  answer.headers.set("Cache-Control", "public, max-age=31536000, immutable");
  return answer;
}

/** Whose memory a render will use again; null where that is not settled yet. */
const writerFormat = ({ format, drawn }: Variant) => (drawn && drawn.lossy !== format ? null : format);

/**
 * What the name tells of: the picture from its master, or from the original. The row may have been changed after the name was made. The attack:
 * location is allowed for a moment, and the picture that shows it is kept for a year under the name of the one that does not.
 */
async function asNamed(url: string, decided: Decision) {
  const candidates = decided.original.master ? [decided, withoutMaster(decided)] : [decided];
  for (const decision of candidates) {
    const version = await versionOf(decision.original, decision.plan);
    if (url.endsWith(`/${version}`)) return { decision, version, isNamed: true };
  }
  return { decision: decided, version: null, isNamed: false };
}

/** What a render reads. */
interface Source {
  readonly open: Bytes;
  /** Length of its file. */
  readonly bytes: number;
  readonly facts: OriginalFacts;
}

function sourceOf(bucket: R2Bucket, { original, plan: { master } }: RenderDecision): Source {
  const { bytes, facts } = original;
  if (!master) return { open: bytesOf(bucket, original), bytes, facts };
  const open = bytesOfMaster(bucket, original, master);
  return { open, bytes: master.bytes, facts: factsOfMaster(master, facts) };
}

/** The plan, made once more where it hangs on what the picture shows. */
async function settledPlan(
  { original, asked, plan }: RenderDecision,
  source: Source,
  bytes: Bytes,
  watch: Stopwatch,
): Promise<RenderPlan> {
  const { look } = plan;
  if (!look) return plan;
  const job = { ...look, ...leftoversOf(look, plan.source, null, source.bytes) };
  const seen = await watch.time("look", () => gate.run(job, () => lookAt(plan, bytes, source.facts)));
  const settled = planOrRefuse(asked, original, seen);
  if (settled.kind === "plain") throw new Error("What had to be looked at can't be the plain original.");
  return settled;
}
