// The internet as tests need it: names, addresses and what they answer. Nothing leaves the machine.
import { vi } from "vitest";

type Answer = (request: Request) => Response | Promise<Response>;

export interface Outside {
  /** Addresses behind a name; a name that is missing does not exist. */
  readonly names?: Readonly<Record<string, readonly string[]>>;
  /** What an address answers; everything else is a 404. */
  readonly pages?: Readonly<Record<string, Answer>>;
}

/** Replaces `fetch`. Answers the addresses that were asked for, lookups left out. */
export function pretendOutside({ names = {}, pages = {} }: Outside): { readonly asked: readonly string[] } {
  const asked: string[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (url.pathname === "/dns-query") return lookUp(url, names);
    asked.push(request.url);
    const answer = pages[request.url];
    return answer ? answer(request) : new Response("nothing here", { status: 404 });
  });
  return { asked };
}

function lookUp(url: URL, names: NonNullable<Outside["names"]>): Response {
  const addresses = names[url.searchParams.get("name") ?? ""] ?? [];
  const wantsV6 = url.searchParams.get("type") === "AAAA";
  return Response.json({
    Answer: addresses
      .filter((address) => address.includes(":") === wantsV6)
      .map((data) => ({ type: wantsV6 ? 28 : 1, data })),
  });
}
