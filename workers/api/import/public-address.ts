// Which addresses an import may ask: only public ones, so that nobody reaches an inside network through us (SSRF).

/** First and last address of the IPv4 blocks that are not public unicast (IANA special-purpose registry, RFC 6890). */
const closedV4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.31.196.0", 24],
  ["192.52.193.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["192.175.48.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const;

/**
 * Only 2000::/3 is public IPv6 at all: that leaves out loopback, link-local, unique-local, multicast, IPv4-mapped and
 * NAT64 (64:ff9b::) addresses. These blocks inside it are closed too: protocol assignments with Teredo,
 * documentation, and 6to4, which carries an IPv4 address.
 */
const closedV6 = [
  ["2001:0000", 23],
  ["2001:0db8", 32],
  ["2002:0000", 16],
  ["3fff:0000", 20],
] as const;

/** Whether a canonical dotted IPv4 address is public. */
export function isPublicV4(address: string): boolean {
  const bits = v4Bits(address);
  return (
    bits !== undefined && !closedV4.some(([block, length]) => isWithin(bits, v4Bits(block) ?? 0, length))
  );
}

/** Whether an IPv6 address (any spelling, without brackets) is public. */
export function isPublicV6(address: string): boolean {
  const head = v6Head(address);
  if (head === undefined || head >>> 29 !== 1) return false;
  return !closedV6.some(([block, length]) =>
    isWithin(head, Number.parseInt(block.replace(":", ""), 16), length),
  );
}

function isWithin(address: number, block: number, length: number): boolean {
  return address >>> (32 - length) === block >>> (32 - length);
}

function v4Bits(address: string): number | undefined {
  const parts = address.split(".").map(Number);
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) return undefined;
  return parts.reduce((bits, part) => bits * 256 + part, 0);
}

/** The first 32 bits: enough to tell every block above. */
function v6Head(address: string): number | undefined {
  const canonical = URL.parse(`http://[${address}]`)?.hostname.slice(1, -1);
  if (canonical === undefined) return undefined;
  // "::" at the start stands for zeros, and everything behind it lies below 2000::/3.
  const [first = "", second = ""] = canonical.split(":");
  return Number.parseInt(first || "0", 16) * 0x10000 + Number.parseInt(second || "0", 16);
}
