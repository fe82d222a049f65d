// One upload: the page's own form, sent with progress and a key that makes a second try safe.
// @ts-check

/** Where requests are led of those who are signed out meanwhile. */
const SIGN_IN = "/sign-in";

/**
 * @typedef {object} Sent
 * @property {Element | null} result What the page shows of the picture; null where it was refused.
 * @property {string} problem Why there is none, in words.
 * @property {{ href: string, label: string } | null} wayOut What else can be done about it.
 * @property {boolean} mayRetry Whether the same again can go better.
 */

/**
 * @param {string} address Where the page's form goes.
 * @param {BodyInit & XMLHttpRequestBodyInit} body A form with a file, or an address as a form sends it.
 * @param {string} key Idempotency-Key: the same for each try.
 * @param {(sent: number, total: number) => void} onProgress In bytes.
 * @returns {{ done: Promise<Sent>, cancel: () => void }} `done` never rejects.
 */
export function send(address, body, key, onProgress) {
  const request = new XMLHttpRequest();
  /** @type {Promise<Sent>} */
  const done = new Promise((resolve) => {
    /** @param {string} problem */
    const fail = (problem) => resolve({ result: null, problem, wayOut: null, mayRetry: true });
    request.onload = () => resolve(read(request));
    request.onerror = () => fail("The connection was lost. What was sent is not kept.");
    request.onabort = () => fail("Cancelled.");
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total);
  });
  request.open("POST", address);
  request.setRequestHeader("Idempotency-Key", key);
  request.send(body);
  return { done, cancel: () => request.abort() };
}

/**
 * @param {XMLHttpRequest} request
 * @returns {Sent}
 */
function read(request) {
  if (new URL(request.responseURL).pathname === SIGN_IN) {
    const wayOut = { href: SIGN_IN, label: "Sign in" };
    return { result: null, problem: "You are signed out.", wayOut, mayRetry: false };
  }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const result = page.querySelector(".result");
  const told = page.querySelector(".problem")?.textContent ?? "Something went wrong here.";
  const link = page.querySelector(".way-out a");
  const wait = request.getResponseHeader("Retry-After");
  return {
    result,
    wayOut: link instanceof HTMLAnchorElement ? { href: link.href, label: link.text } : null,
    problem: wait ? `${told} Try again in ${inWords(Number(wait))}.` : told,
    mayRetry: request.status === 429 || request.status === 409 || request.status >= 500,
  };
}

/** @param {number} seconds */
function inWords(seconds) {
  if (seconds < 90) return `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
