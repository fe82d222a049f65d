// What plans are called on pages.
import type { PlanName } from "../../../schema/plans.ts";

export const planTitles: Readonly<Record<PlanName, string>> = {
  anonymous: "Without an account",
  free: "Free",
  pro: "Pro",
  business: "Business",
  scale: "Scale",
  unlimited: "Unlimited",
};
