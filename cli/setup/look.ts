// Looks at everything that may stand in the way, before anything is made.
import { checkHosts } from "../cloudflare/hosts.ts";
import { hasBucket } from "../cloudflare/storage.ts";
import { isOnPaidPlan, subdomainOf } from "../cloudflare/workers.ts";
import { checkNames } from "../deploy/check-names.ts";
import { hostsOf } from "../deploy/render.ts";
import { Stop } from "../stop.ts";
import type { Context, Step } from "./context.ts";

export const look: Step = {
  name: "Look around",
  async run(context) {
    const { deployment, tools } = context;
    const plan = await lookAtPlan(context);
    await checkNames(tools.account, deployment);
    await checkHosts(tools.account, hostsOf(deployment), tools.resolves);
    if (!deployment.hosts && !(await subdomainOf(tools.account)))
      throw new Stop(
        "This account has no workers.dev address yet.",
        "Open the dashboard > Workers & Pages once: it asks for one. Or give a domain: --domain example.com",
      );
    await hasBucket(tools.account, deployment.names.bucket);
    return `${plan} Names${deployment.hosts ? " and hosts" : ""} are free or ours already, and R2 is switched on.`;
  },
};

async function lookAtPlan({ deployment, tools }: Context): Promise<string> {
  if (deployment.plan === "free") return "Free plan: photos are not resized.";
  const isPaid = await isOnPaidPlan(tools.account);
  if (isPaid === false)
    throw new Stop(
      "This account is on the free plan of Workers, whose 10 ms of processor time are too few for a photo.",
      "Switch to Workers Paid (5 USD a month; dashboard > Workers & Pages > Plans), or say --plan free: then photos are kept and shown, but not resized.",
    );
  return isPaid ? "Workers Paid is on." : "This login may not see the plan; the deployment will tell.";
}
