// Which addresses an import may ask: the first and the last of each closed block, and their neighbours outside.
import { describe, expect, test } from "vitest";
import { isPublicV4, isPublicV6 } from "../../../workers/api/import/public-address.ts";

describe("an IPv4 address", () => {
  test.each([
    ["0.0.0.0", "0.255.255.255"],
    ["10.0.0.0", "10.255.255.255"],
    ["100.64.0.0", "100.127.255.255"],
    ["127.0.0.0", "127.255.255.255"],
    ["169.254.0.0", "169.254.255.255"],
    ["172.16.0.0", "172.31.255.255"],
    ["192.0.0.0", "192.0.0.255"],
    ["192.0.2.0", "192.0.2.255"],
    ["192.31.196.0", "192.31.196.255"],
    ["192.52.193.0", "192.52.193.255"],
    ["192.88.99.0", "192.88.99.255"],
    ["192.168.0.0", "192.168.255.255"],
    ["192.175.48.0", "192.175.48.255"],
    ["198.18.0.0", "198.19.255.255"],
    ["198.51.100.0", "198.51.100.255"],
    ["203.0.113.0", "203.0.113.255"],
    ["224.0.0.0", "255.255.255.255"],
  ])("from %s to %s is closed", (first, last) => {
    expect([isPublicV4(first), isPublicV4(last)]).toEqual([false, false]);
  });

  test.each(["1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255"])(
    "%s is open",
    (address) => expect(isPublicV4(address)).toBe(true),
  );
  test.each([
    "128.0.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "198.20.0.0",
    "223.255.255.255",
  ])("%s is open", (address) => expect(isPublicV4(address)).toBe(true));
  test.each([
    "",
    "8.8.8",
    "8.8.8.8.8",
    "256.8.8.8",
    "0x8.8.8.8",
    "010.8.8.8",
    "8.8.8.-1",
    "134744072",
    "a.b.c.d",
  ])("%j is none", (text) => expect(isPublicV4(text)).toBe(false));
});

describe("an IPv6 address", () => {
  test.each([
    ["::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
    ["2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"],
    ["2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"],
    ["2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
    ["3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"],
    ["4000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ])("from %s to %s is closed", (first, last) => {
    expect([isPublicV6(first), isPublicV6(last)]).toEqual([false, false]);
  });

  test.each(["2000::", "2001:200::", "2001:db9::", "2003::1", "2606:2800:21f::1", "3ffe::", "3fff:1000::"])(
    "%s is open",
    (address) => expect(isPublicV6(address)).toBe(true),
  );
  test.each([
    "::ffff:8.8.8.8",
    "::ffff:808:808",
    "64:ff9b::808:808",
    "fe80::1%eth0",
    "2606::1%1",
    "",
    "8.8.8.8",
    "2606:::1",
    "g::",
  ])("%j is closed or none", (text) => expect(isPublicV6(text)).toBe(false));
});
