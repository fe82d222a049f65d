// The network that an address stands for when calls are counted.
import ipaddr from "ipaddr.js";

/** Of IPv6 written out, an IPv4 address at its end. Cloudflare writes addresses; where it is not in front, a stranger writes what he likes. */
const LONGEST_ADDRESS = 45;

/** A household or a server has a whole IPv6 /64 to itself, so its addresses count as one. */
export function networkOf(address: string): string {
  if (!ipaddr.IPv6.isValid(address)) return address.slice(0, LONGEST_ADDRESS);
  const parsed = ipaddr.IPv6.parse(address);
  if (parsed.isIPv4MappedAddress()) return parsed.toIPv4Address().toString();
  return parsed.parts
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(":");
}
