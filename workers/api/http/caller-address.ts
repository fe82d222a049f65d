// The network address that stands for a caller without a key.
import { networkOf } from "../../shared/network.ts";

export function callerAddress(request: Request): string {
  // Set by Cloudflare and not by callers; absent in local development.
  return networkOf(request.headers.get("CF-Connecting-IP") ?? "local");
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
