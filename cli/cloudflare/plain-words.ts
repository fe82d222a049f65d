// What Cloudflare or the network refuse, as a sentence and a way out.
import { Stop } from "../stop.ts";
import { CloudflareError } from "./client.ts";

const AGAIN = "Then run the same command again: what is done is found, and not done twice.";

/** `what` begins the sentence. */
export async function inPlainWords<Result>(what: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (problem) {
    if (problem instanceof Stop)
      throw new Stop(`${what}: ${problem.message}`, problem.advice, { cause: problem });
    if (problem instanceof CloudflareError && problem.isForbidden)
      throw new Stop(
        `${what}: this login may not do that. ${problem.message}`,
        `Make a token from the template “Edit Cloudflare Workers”, add D1: Edit to it, and set CLOUDFLARE_API_TOKEN; or npx wrangler login. ${AGAIN}`,
        { cause: problem },
      );
    if (problem instanceof CloudflareError)
      throw new Stop(`${what}: ${problem.message}`, `Wait until Cloudflare is well. ${AGAIN}`, {
        cause: problem,
      });
    if (problem instanceof TypeError && problem.message === "fetch failed")
      throw new Stop(`${what}: Cloudflare can't be reached from here.`, `Look at the network. ${AGAIN}`, {
        cause: problem,
      });
    throw problem;
  }
}
