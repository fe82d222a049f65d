// The network that an address stands for when calls are counted.

/** A household or a server has a whole IPv6 /64 to itself, so its addresses count as one. */
export function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  // IPv4 in the clothes of IPv6: ::ffff:203.0.113.9
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return mapped ?? prefixOf(address).join(":");
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
