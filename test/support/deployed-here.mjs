// Loaded before a command of ours: what it asks of the hosts of example.com, which no test can reach, the running product answers.
const { HERE_ORIGIN = "", HERE_KEY = "" } = process.env;
const fetchOutside = globalThis.fetch;

globalThis.fetch = (input, order = {}) => {
  const url = new URL(input instanceof Request ? input.url : input);
  if (!/(^|\.)example\.com$/.test(url.hostname)) return fetchOutside(input, order);
  const headers = new Headers(order.headers);
  // The key that setup makes lies in the stand-in's database, not in the product's.
  if (headers.has("Authorization")) headers.set("Authorization", `Bearer ${HERE_KEY}`);
  return fetchOutside(`${HERE_ORIGIN}${url.pathname}${url.search}`, { ...order, headers });
};
