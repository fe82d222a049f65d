import { expect, test } from "vitest";
import { networkOf } from "../../../workers/shared/network.ts";

test.each([
  ["203.0.113.9", "203.0.113.9"],
  ["local", "local"],
  ["", ""],
  ["::ffff:203.0.113.9", "203.0.113.9"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:db8:1:2::9", "2001:db8:1:2"],
  ["2001:0DB8:0001:0002::", "2001:db8:1:2"],
  ["2001:db8::1", "2001:db8:0:0"],
  ["::1", "0:0:0:0"],
  ["9".repeat(60_000), "9".repeat(45)],
])("%.60s is counted as %s", (address, network) => expect(networkOf(address)).toBe(network));
