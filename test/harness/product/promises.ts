// An upload and what its object promises, held to what its URLs answer: for made files and for the fuzz run.
import sharp from "sharp";
import { errorSchema, type Image, imageSchema } from "../../../schema/api.ts";
import { viewOf } from "../../../workers/formats/bytes/numbers.ts";

export interface Product {
  /** Where both Workers answer, without a slash at the end. */
  readonly origin: string;
  readonly key: string;
}

export type Uploaded =
  | { readonly kind: "kept"; readonly image: Image }
  /** 422, with what is wrong with the file. */
  | { readonly kind: "refused"; readonly reason: string }
  /** Nothing that the contract knows of a file. */
  | { readonly kind: "fault"; readonly finding: string };

const LOOK_MILLISECONDS = 30_000;

/** Sends the file as the whole body, and waits until it was looked at. */
export async function uploadFile(file: Uint8Array, product: Product): Promise<Uploaded> {
  const { origin, key } = product;
  const headers = { Authorization: `Bearer ${key}`, "Content-Type": "application/octet-stream" };
  const answer = await waited(() =>
    fetch(`${origin}/v1/images`, { method: "POST", body: Buffer.from(file), headers }),
  );
  const text = await answer.text();
  if (answer.status === 201) return lookedAt(imageSchema.parse(JSON.parse(text)), product);
  const reason = answer.status === 422 ? errorSchema.parse(JSON.parse(text)).error.details?.file : undefined;
  return reason
    ? { kind: "refused", reason: reason.join(" ") }
    : { kind: "fault", finding: `the upload answered ${answer.status}: ${text}` };
}

/** A look may come to its end after the upload was answered. */
async function lookedAt(image: Image, { origin, key }: Product): Promise<Uploaded> {
  const end = Date.now() + LOOK_MILLISECONDS;
  for (let now = image; ; ) {
    if (!now.transformable || now.placeholder !== null) return { kind: "kept", image: now };
    if (Date.now() > end) return { kind: "fault", finding: "nobody looked at it" };
    await new Promise((resolve) => setTimeout(resolve, 500));
    const headers = { Authorization: `Bearer ${key}` };
    const answer = await fetch(`${origin}/v1/images/${image.id}`, { headers });
    const text = await answer.text();
    if (answer.status === 422) return { kind: "refused", reason: `later: ${text}` };
    now = imageSchema.parse(JSON.parse(text));
  }
}

export interface Loaded {
  readonly ok: boolean;
  readonly status: number;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export async function load(url: string): Promise<Loaded> {
  const answer = await waited(() => fetch(url));
  const { ok, status, headers } = answer;
  return { ok, status, type: headers.get("Content-Type") ?? "", bytes: await answer.bytes() };
}

/** Who is told to wait a moment waits. */
async function waited(ask: () => Promise<Response>): Promise<Response> {
  for (let tries = 0; ; tries++) {
    const answer = await ask();
    if ((answer.status !== 429 && answer.status !== 503) || tries === 5) return answer;
    await answer.body?.cancel();
    const seconds = Number(answer.headers.get("Retry-After") ?? 1);
    await new Promise((resolve) => setTimeout(resolve, 1_000 * seconds));
  }
}

/**
 * Sentences; empty where its plain URL and all sizes answer, and the sizes are those that the object tells. Who has looked at its plain answer
 * hands it over: a size that is the same is not measured again.
 */
export async function brokenPromises(image: Image, plainAnswer?: Loaded): Promise<readonly string[]> {
  const findings: string[] = [];
  if (image.status !== "ready") findings.push(`it is ${image.status}`);
  const plain = plainAnswer ?? (await load(image.url));
  if (!plain.ok) findings.push(`its plain URL answers ${plain.status}`);
  if (!plain.type.startsWith("image/")) findings.push(`its plain URL answers ${plain.type}`);
  for (const [name, promised] of Object.entries(image.sizes)) {
    if (!promised) continue;
    const answer = await load(promised.url);
    if (answer.ok && plainAnswer && Buffer.compare(answer.bytes, plainAnswer.bytes) === 0) continue;
    const found = answer.ok ? await sizeOf(answer.bytes, image) : `${answer.status}`;
    const wanted = `${promised.width}x${promised.height}`;
    if (found !== wanted) findings.push(`its ${name} size promises ${wanted}, and answers ${found}`);
  }
  return findings;
}

/** As shown: what is not larger than a named size is the plain original, orientation and all. */
async function sizeOf(file: Uint8Array, { width, height }: Image): Promise<string> {
  const read = await sharp(file, { animated: true, failOn: "none", limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  // libvips reads no BMP and no ICO, and of some damaged files nothing: then nobody here can tell.
  if (!read) return `${width}x${height}`;
  // So large a screen libvips takes for a mistake; browsers believe it.
  if (read.format === "gif" && Math.max(width ?? 0, height ?? 0) > 2_048)
    return `${viewOf(file).getUint16(6, true)}x${viewOf(file).getUint16(8, true)}`;
  const across = read.format === "webp" || (read.orientation ?? 1) < 5;
  const tall = read.pageHeight ?? read.height;
  return across ? `${read.width}x${tall}` : `${tall}x${read.width}`;
}
