// The point of the whole picture that a cut keeps, as a handle on it: dragged, clicked, or moved by the arrow keys. What is cut away is dimmed.
// @ts-check

/** Of a cut that nobody has named a size for: at most so many pixels a side. */
const SIDE = 640;

/** @type {Readonly<Record<string, readonly [number, number]>>} As they stand in the list of what a cut keeps. */
const named = { center: [0.5, 0.5], top: [0.5, 0], bottom: [0.5, 1], left: [0, 0.5], right: [1, 0.5] };

/** @type {Readonly<Record<string, readonly [number, number]>>} In hundredths of the picture. */
const steps = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  PageUp: [0, -10],
  PageDown: [0, 10],
  Home: [-100, 0],
  End: [100, 0],
};

/**
 * @param {HTMLElement} details Of the playground: knows the picture's address and size.
 * @param {HTMLFormElement} form
 * @param {HTMLElement} figure Where the whole picture is shown.
 * @param {() => void} changed
 * @returns {() => void} Shows what the form says.
 */
export function addFocus(details, form, figure, changed) {
  const { gravity, fit, rotate, flip, w, h } = controlsOf(form);
  const { frame, image, cut, handle } = frameFor(figure);
  const own = document.createElement("option");

  const sizeOfWhole = () => {
    const [width, height] = [Number(details.dataset.width), Number(details.dataset.height)];
    return rotate.value === "90" || rotate.value === "270" ? [height, width] : [width, height];
  };
  /** @returns {readonly [number, number] | null} Null: it is found by itself. */
  const pointOf = () => (gravity.value === "auto" ? null : (named[gravity.value] ?? partsOf(gravity.value)));

  const show = () => {
    const turned = new URLSearchParams();
    if (rotate.value) turned.set("rotate", rotate.value);
    if (flip.value) turned.set("flip", flip.value);
    const whole = details.dataset.whole ?? "";
    const address = turned.size > 0 ? `${whole}${whole.includes("?") ? "&" : "?"}${turned}` : whole;
    if (image.getAttribute("src") !== address) image.src = address;
    const point = pointOf();
    const [x, y] = point ?? [0.5, 0.5];
    put(handle, { left: x, top: y });
    handle.setAttribute("aria-valuenow", String(Math.round(x * 100)));
    handle.setAttribute("aria-valuetext", point ? inWords(x, y) : "found by itself");
    const [width = 0, height = 0] = sizeOfWhole();
    const isCut = fit.value === "cover" && Number(w.value) > 0 && Number(h.value) > 0 && width * height > 0;
    cut.hidden = !isCut || point === null;
    if (isCut) put(cut, windowOf(Number(w.value) / Number(h.value) / (width / height), x, y));
  };

  const place = (/** @type {number} */ x, /** @type {number} */ y) => {
    const inside = (/** @type {number} */ part) => Math.min(1, Math.max(0, part)).toFixed(2);
    own.value = `${inside(x)}x${inside(y)}`;
    own.textContent = "your point";
    gravity.append(own);
    gravity.value = own.value;
    beginCut();
    show();
    changed();
  };
  /** A focus means nothing without a cut: one begins with it, square where no size is named. */
  const beginCut = () => {
    fit.value = "cover";
    const [width = SIDE, height = SIDE] = sizeOfWhole();
    const side = String(Math.min(SIDE, width || SIDE, height || SIDE));
    w.value ||= h.value || side;
    h.value ||= w.value;
  };

  acceptPointer(frame, handle, place);
  handle.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const [x, y] = pointOf() ?? [0.5, 0.5];
    const far = event.shiftKey ? 10 : 1;
    place(x + (step[0] * far) / 100, y + (step[1] * far) / 100);
  });
  show();
  return show;
}

/**
 * @param {HTMLElement} frame
 * @param {HTMLElement} handle
 * @param {(x: number, y: number) => void} place
 */
function acceptPointer(frame, handle, place) {
  /** @param {MouseEvent} event */
  const move = ({ clientX, clientY }) => {
    const box = frame.getBoundingClientRect();
    place((clientX - box.left) / box.width, (clientY - box.top) / box.height);
  };
  frame.addEventListener("pointerdown", (event) => {
    // A finger on the picture may want to scroll the page; on the handle it drags.
    if (event.button !== 0 || (event.pointerType === "touch" && event.target !== handle)) return;
    event.preventDefault();
    frame.setPointerCapture(event.pointerId);
    handle.focus({ preventScroll: true });
    if (event.target !== handle) move(event);
  });
  frame.addEventListener("pointermove", (event) => {
    if (frame.hasPointerCapture(event.pointerId)) move(event);
  });
  frame.addEventListener("click", (event) => {
    // After a drag the frame itself is clicked.
    if (event.target instanceof HTMLImageElement) move(event);
  });
}

/** @param {HTMLElement} figure */
function frameFor(figure) {
  const frame = document.createElement("div");
  frame.className = "focus";
  frame.innerHTML =
    '<div class="dims"><img alt="" draggable="false"><span class="cut" hidden></span></div><span class="handle" role="slider" tabindex="0" aria-label="Focus of the cut, moved by the arrow keys" aria-valuemin="0" aria-valuemax="100"></span>';
  const image = frame.querySelector("img");
  const cut = frame.querySelector(".cut");
  const handle = frame.querySelector(".handle");
  if (!image || !(cut instanceof HTMLElement) || !(handle instanceof HTMLElement))
    throw new Error("The frame is not whole.");
  const hint = document.createElement("p");
  hint.textContent = "Drag the point to cut around it, or move it with the arrow keys.";
  figure.prepend(frame);
  figure.querySelector("figcaption")?.append(hint);
  return { frame, image, cut, handle };
}

/** @param {HTMLFormElement} form */
function controlsOf(form) {
  const control = (/** @type {string} */ name) => {
    const found = form.elements.namedItem(name);
    if (found instanceof HTMLSelectElement || found instanceof HTMLInputElement) return found;
    throw new Error(`The form has no ${name}.`);
  };
  const [gravity, fit, rotate, flip] = [
    control("gravity"),
    control("fit"),
    control("rotate"),
    control("flip"),
  ];
  return { gravity, fit, rotate, flip, w: control("w"), h: control("h") };
}

/**
 * The part of the picture that a cut keeps, in parts of it: the largest of its shape, with the point as near to its middle as the edges allow.
 * @param {number} shape Width by height of the cut, over that of the picture.
 * @param {number} x
 * @param {number} y
 */
function windowOf(shape, x, y) {
  const [width, height] = [Math.min(1, shape), Math.min(1, 1 / shape)];
  const clamp = (/** @type {number} */ at, /** @type {number} */ most) => Math.min(most, Math.max(0, at));
  return {
    left: clamp(x - width / 2, 1 - width),
    top: clamp(y - height / 2, 1 - height),
    width,
    height,
  };
}

/** @param {HTMLElement} element @param {Readonly<Record<string, number>>} parts */
function put(element, parts) {
  for (const [name, part] of Object.entries(parts)) element.style.setProperty(name, `${part * 100}%`);
}

/** @param {string} value @returns {readonly [number, number]} */
function partsOf(value) {
  const [x = 0.5, y = 0.5] = value.split("x").map(Number);
  return [x, y];
}

/** @param {number} x @param {number} y */
function inWords(x, y) {
  return `${Math.round(x * 100)} % from the left, ${Math.round(y * 100)} % from the top`;
}
