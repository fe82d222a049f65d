// Where a sign-in leads: a path of this host, and never another site.

/** Where people land who did not ask for a page. */
const HOME = "/gallery";
const somewhere = "https://host.invalid";

/** The path that was asked for, as browsers will read it; the gallery for everything else. */
export function safeNext(next: string | undefined | null): string {
  if (!next?.startsWith("/") || !URL.canParse(next, somewhere)) return HOME;
  const { origin, pathname, search, hash } = new URL(next, somewhere);
  // `/.//evil.example` is a path that begins with two slashes once it is read.
  if (origin !== somewhere || pathname.startsWith("//")) return HOME;
  return `${pathname}${search}${hash}`;
}

/** The sign-in page that leads back to where somebody was. */
export function signInPath(next: string): string {
  return `/sign-in?next=${encodeURIComponent(safeNext(next))}`;
}
