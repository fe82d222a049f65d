// HTTP to the letter on a cached view (RFC 9110): conditions, parts, heads.
import { type Finding, fine, wrong } from "../finding.ts";
import type { Visit } from "../visit.ts";
import { RENDER } from "./caching.ts";

/** Sections 8.8.3 and 13.1.2. */
export async function notModified(visit: Visit): Promise<Finding[]> {
  const held = await visit.look(RENDER);
  const tag = held.headers.get("ETag");
  if (tag === null || tag.startsWith("W/")) {
    return wrong(
      tag === null ? "the answer has no ETag" : `the ETag is weak: ${tag}`,
      "Something on the way changes answers, and their tags with them: compression of images, Email Obfuscation, Auto Minify, or a proxy of your own.",
    );
  }
  const again = await visit.look(RENDER, { headers: { "If-None-Match": `"another", ${tag}` } });
  if (again.status === 304 && again.body.length === 0) return fine(`304, ${again.cache ?? "not by a cache"}`);
  return wrong(
    `who has the picture already was sent it again (${again.status}, ${again.body.length} bytes)`,
    "Something on the way drops If-None-Match. Pictures still load, but cost their bytes each time.",
  );
}

/** Section 14. */
export async function part(visit: Visit): Promise<Finding[]> {
  const whole = await visit.look(RENDER);
  const answer = await visit.look(RENDER, { headers: { Range: "bytes=10-19" } });
  const expected = `bytes 10-19/${whole.body.length}`;
  const given = answer.headers.get("Content-Range");
  if (answer.status === 206 && given === expected) {
    if (Buffer.compare(answer.body, whole.body.subarray(10, 20)) === 0) return fine(`206, ${expected}`);
    return wrong(
      "a part holds other bytes than the whole has there",
      "Something on the way rewrites pictures.",
    );
  }
  return wrong(
    `a part of ten bytes was answered with ${answer.status}, ${answer.body.length} bytes, Content-Range ${given}`,
    "Something on the way drops Range or answers it wrongly: large pictures can't be resumed.",
  );
}

/** Section 9.3.2. */
export async function head(visit: Visit): Promise<Finding[]> {
  const get = await visit.look(RENDER);
  const answer = await visit.look(RENDER, { method: "HEAD" });
  const names = ["ETag", "Content-Type", "Content-Length", "Cache-Control", "Last-Modified"];
  const others = names.filter((name) => answer.headers.get(name) !== get.headers.get(name));
  if (answer.status === 200 && others.length === 0) return fine("the headers of GET, without a body");
  return wrong(
    `HEAD answered ${answer.status} and differs from GET in ${others.join(", ") || "its status"}`,
    "Messengers that look before they show a preview may show none. Find what answers HEAD before the Worker.",
  );
}
