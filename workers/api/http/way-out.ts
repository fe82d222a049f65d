// What somebody at a browser can do about a refusal: who is signed in is never told to sign in or up, and nobody is led where they may not go.
import type { ApiError } from "../../shared/api-error.ts";
import type { Member } from "../accounts/sessions.ts";
import type { Origins } from "../origins.ts";
import type { WayOut } from "../pages/way-out.tsx";
import type { Settings } from "../settings.ts";
import { signUpUrlOf } from "../sign-up-url.ts";

interface Here {
  readonly member: Member | null;
  readonly settings: Settings;
  readonly origins: Origins;
}

/** null: nothing but what the refusal says itself. */
export function wayOutOf({ parts }: ApiError, { member, settings, origins }: Here): WayOut | null {
  const type = parts.action?.type;
  if (type === "upgrade") {
    return settings.UPGRADE_URL
      ? { href: settings.UPGRADE_URL, label: "Move to a larger plan" }
      : { href: "/usage", label: "See what is used" };
  }
  if (type !== "signup") return null;
  if (member) return { href: "/gallery", label: "Upload to your own pictures" };
  const signUpUrl = signUpUrlOf(settings, origins);
  return signUpUrl
    ? { href: signUpUrl, label: "Make an account" }
    : { href: "/sign-in", label: "Sign in to upload more" };
}
