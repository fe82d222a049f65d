#!/usr/bin/env node
// Written so that the oldest Node can read it: whoever has one shall be told, and not see a SyntaxError.
var major = Number(process.versions.node.split(".")[0]);
if (major >= 20) import("./build/create.js");
else {
  console.error(`edgepix needs Node 20 or newer; this is ${process.versions.node}.`);
  console.error("-> Install the current version of Node, then run the same command again.");
  process.exit(2);
}
