// The network address that stands for a caller without a key.

/** A household or server has a whole IPv6 /64 to itself, so its address counts as one. */
export function callerAddress(request: Request): string {
  // Set by Cloudflare and not by callers; absent in local development.
  const address = request.headers.get("CF-Connecting-IP") ?? "local";
  if (!address.includes(":")) return address;
  const [head = "", tail = ""] = address.split("::");
  const groups = head.split(":");
  const missing = 8 - groups.length - (tail ? tail.split(":").length : 0);
  const whole = address.includes("::") ? [...groups, ...Array<string>(missing).fill("0")] : groups;
  return whole
    .slice(0, 4)
    .map((group) => Number.parseInt(group || "0", 16).toString(16))
    .join(":");
}
