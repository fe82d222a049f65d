// The network address that stands for a caller without a key.

/** A household or server has a whole IPv6 /64 to itself, so its address counts as one. */
export function callerAddress(request: Request): string {
  // Set by Cloudflare and not by callers; absent in local development.
  const address = request.headers.get("CF-Connecting-IP") ?? "local";
  if (!address.includes(":")) return address;
  return prefixOf(address).join(":");
}

/**
 * The network around the caller's address, as a provider gives one to a company or a rented server: an IPv6 /48, an
 * IPv4 /24. Who has many addresses has them mostly in few of these.
 */
export function callerNetwork(request: Request): string {
  const address = callerAddress(request);
  if (address.includes(":")) return `${address.split(":").slice(0, 3).join(":")}::/48`;
  return address.includes(".") ? `${address.split(".").slice(0, 3).join(".")}.0/24` : address;
}

/** The first four groups of an IPv6 address, `::` written out. */
function prefixOf(address: string): string[] {
  const [head = "", tail] = address.split("::");
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill("0");
  return [...before, ...zeros, ...after].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
}

function groupsOf(part: string): string[] {
  return part === "" ? [] : part.split(":");
}
