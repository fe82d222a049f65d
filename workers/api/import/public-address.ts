// Which addresses an import may ask: only public ones, so that nobody reaches an inside network through us (SSRF).

import ipaddr from "ipaddr.js";

/** The IPv4 blocks that are not public unicast (IANA special-purpose registry, RFC 6890). */
const closedV4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.31.196.0/24",
  "192.52.193.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "192.175.48.0/24",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
].map((block) => ipaddr.IPv4.parseCIDR(block));

/**
 * Only 2000::/3 is public IPv6 at all: that leaves out loopback, link-local, unique-local, multicast, IPv4-mapped and
 * NAT64 (64:ff9b::) addresses. These blocks inside it are closed too: protocol assignments with Teredo,
 * documentation, and 6to4, which carries an IPv4 address.
 */
const openV6 = ipaddr.IPv6.parseCIDR("2000::/3");
const closedV6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"].map((block) =>
  ipaddr.IPv6.parseCIDR(block),
);

/** Whether a canonical dotted IPv4 address is public. */
export function isPublicV4(address: string): boolean {
  if (!ipaddr.IPv4.isValidFourPartDecimal(address)) return false;
  const parsed = ipaddr.IPv4.parse(address);
  return !closedV4.some((block) => parsed.match(block));
}

/** Whether an IPv6 address (any spelling, without brackets) is public. */
export function isPublicV6(address: string): boolean {
  if (!ipaddr.IPv6.isValid(address)) return false;
  const parsed = ipaddr.IPv6.parse(address);
  // A zone names an interface of one machine: nothing that is public has it.
  if (parsed.zoneId !== undefined) return false;
  return parsed.match(openV6) && !closedV6.some((block) => parsed.match(block));
}
