import { describe, expect, test } from "vitest";
import { seededRandom } from "../../harness/seeded-random.ts";
import { planned } from "../../support/planned-original.ts";
import { planFor, renderPlanFor } from "./cases.ts";

const wide = planned({ width: 1000, height: 500 });

describe("a plan", () => {
  test.each([
    "",
    "size=l",
    "w=1000",
    "w=5000",
    "h=500&w=1000",
    "fit=cover",
    "fit=cover&w=1000&h=500",
    "format=png",
    "brightness=1",
    "sharp=0",
    "rotate=0",
    "gravity=top",
    "dpr=3",
    "background=red",
    "anim=true",
    "anim=false",
    "download=1",
    "metadata=keep",
  ])("of %s is the plain original", (query) => {
    expect(planFor(query, wide).kind).toBe("plain");
  });

  test.each([
    "w=10",
    "format=webp",
    "blur=1",
    "rotate=90",
    "flip=h",
    "q=50&f=jpg",
    "trim=0",
    "gamma=2",
    "size=social",
  ])("of %s is a render", (query) => expect(planFor(query, wide).kind).toBe("render"));

  test("of a picture that can't be transformed is always plain", () => {
    expect(planFor("w=10&format=webp", { ...wide, transformable: false }).kind).toBe("plain");
  });

  test("can't be changed by those who carry it out", () => {
    expect(Object.isFrozen(planFor("w=10", wide))).toBe(true);
  });

  test("refuses what would not fit into memory, and an original of over 300 megapixels", () => {
    const huge = planned({ width: 30_000, height: 30_000 });
    expect(planFor("w=10", huge).kind).toBe("refused");
    expect(planFor("", huge).kind).toBe("plain");
    expect(planFor("w=10", planned({ width: 9000, height: 9000 }, { format: "avif" })).kind).toBe("refused");
  });

  test("shows what moves in more frames than are ever read by its first one", () => {
    const film = (frames: number) =>
      planned({ width: 16, height: 12 }, { format: "gif", animated: true, frames });
    expect(renderPlanFor("w=8", film(1_000)).variant.isAnimated).toBe(true);
    expect(renderPlanFor("w=8", film(1_001)).variant.isAnimated).toBe(false);
    const large = planned({ width: 1_000, height: 1_000 }, { format: "gif", animated: true, frames: 301 });
    expect(renderPlanFor("w=8", large).variant.isAnimated).toBe(false);
  });

  test("reads a GIF of 20 megapixels, one that moves and interlaced ones too", () => {
    for (const facts of [{}, { animated: true, frames: 40 }, { progressive: true, alpha: true }]) {
      const gif = planned({ width: 5_000, height: 4_000 }, { format: "gif", ...facts });
      expect(renderPlanFor("w=800", { ...gif, bytes: 20_000_000 }).variant.content).toEqual({
        width: 800,
        height: 640,
      });
    }
  });

  test("names two spellings of one picture alike", () => {
    const spellings = [
      "w=10&f=jpg&q=80",
      "width=10&format=jpeg",
      "w=5&dpr=2&f=jpg&fit=scale-down&g=left&contrast=1",
    ];
    const names = spellings.map((query) => JSON.stringify(renderPlanFor(query, wide).variant));
    expect(new Set(names).size).toBe(1);
  });
});

test("a side in device pixels is rounded to the nearest whole one", () => {
  const canvasOf = (query: string) => renderPlanFor(query, wide).variant.canvas;
  expect(canvasOf("w=101&dpr=1.5")).toMatchObject({ width: 152 });
  expect(canvasOf("h=101&dpr=1.5")).toMatchObject({ height: 152 });
  expect(canvasOf("w=101&h=51&dpr=1.5&fit=squeeze")).toEqual({ width: 152, height: 77 });
});

describe("geometry", () => {
  const sizes = (query: string, original = wide) => {
    const { content, canvas } = renderPlanFor(query, original).variant;
    return [content.width, content.height, canvas.width, canvas.height];
  };

  test.each([
    ["w=100", [100, 50, 100, 50]],
    ["h=100", [200, 100, 200, 100]],
    ["w=100&h=100", [100, 50, 100, 50]],
    ["w=100&h=100&fit=pad", [100, 50, 100, 100]],
    ["w=100&h=100&fit=cover", [100, 100, 100, 100]],
    ["w=100&h=100&fit=crop", [100, 100, 100, 100]],
    ["w=100&h=100&fit=squeeze", [100, 100, 100, 100]],
    ["w=2000&h=2000&f=jpg", [1000, 500, 1000, 500]],
    ["w=2000&h=2000&fit=scale-down&f=jpg", [1000, 500, 1000, 500]],
    ["w=2000&h=300&fit=scale-down", [600, 300, 600, 300]],
    ["w=2000&fit=contain", [2000, 1000, 2000, 1000]],
    ["w=2000&h=2000&fit=pad", [2000, 1000, 2000, 2000]],
    ["w=33&dpr=1.5", [50, 25, 50, 25]],
    ["w=100&rotate=90", [100, 200, 100, 200]],
    ["w=100&size=s", [100, 50, 100, 50]],
    ["size=social", [1200, 600, 1200, 630]],
    ["w=1&h=1", [1, 1, 1, 1]],
    ["w=12000&h=100&fit=squeeze", [12_000, 100, 12_000, 100]],
  ])("of %s", (query, expected) => expect(sizes(query)).toEqual(expected));

  test("is of the picture as shown", () => {
    expect(sizes("w=100", planned({ width: 500, height: 1000 }, { orientation: 6 }))).toEqual([
      100, 50, 100, 50,
    ]);
  });

  test.each([
    ["center", 250],
    ["left", 0],
    ["right", 500],
    ["0.3x0.5", 50],
    ["0.9x0", 500],
  ])("of a cut keeps what gravity %s says", (gravity, x) => {
    const { window } = renderPlanFor(`w=100&h=100&fit=cover&g=${gravity}`, wide).variant;
    expect(window).toEqual({ x, y: 0, width: 500, height: 500 });
  });

  test.each([
    ["w=300&h=101", { width: 1000, height: (1000 * 101) / 300 }],
    ["w=101&h=300", { width: (500 * 101) / 300, height: 500 }],
  ])("of a cover of %s has the very shape of the answer, parts of a pixel included", (query, size) => {
    const { window } = renderPlanFor(`${query}&fit=cover`, wide).variant;
    expect(window.width).toBeCloseTo(size.width, 6);
    expect(window.height).toBeCloseTo(size.height, 6);
    expect(window.x).toBeCloseTo((1000 - size.width) / 2, 6);
    expect(window.y).toBeCloseTo((500 - size.height) / 2, 6);
  });

  test("always stays within the original and within the limits", () => {
    const next = seededRandom(3);
    const whole = (max: number) => 1 + Math.floor(next() * max);
    const fits = ["scale-down", "contain", "cover", "crop", "pad", "squeeze"];
    for (let round = 0; round < 20_000; round++) {
      const source = { width: Math.ceil(10 ** (next() * 3.3)), height: Math.ceil(10 ** (next() * 3.3)) };
      const query = `w=${whole(12_000)}&h=${whole(12_000)}&fit=${fits[whole(6) - 1]}&g=${next().toFixed(2)}x1&f=jpg&dpr=${whole(4)}`;
      const plan = planFor(query, planned(source));
      if (plan.kind !== "render") continue;
      const { window, content, canvas } = plan.variant;
      expect(window.x).toBeGreaterThanOrEqual(0);
      expect(window.y).toBeGreaterThanOrEqual(0);
      expect(window.x + window.width).toBeLessThanOrEqual(source.width + 1e-9);
      expect(window.y + window.height).toBeLessThanOrEqual(source.height + 1e-9);
      for (const side of [content.width, content.height, canvas.width, canvas.height]) {
        expect(Number.isInteger(side) && side >= 1 && side <= 12_000).toBe(true);
      }
      expect(content.width <= canvas.width && content.height <= canvas.height).toBe(true);
      expect(canvas.width * canvas.height).toBeLessThanOrEqual(50_000_000);
    }
  });
});

describe("the format", () => {
  const formatOf = (query: string, accept: string, original = wide) => {
    const plan = planFor(query, original, accept);
    return plan.kind === "render" ? plan.variant.format : plan.kind;
  };

  test("auto follows Accept", () => {
    expect(formatOf("f=auto", "image/avif,image/webp")).toBe("avif");
    expect(formatOf("f=auto", "image/webp")).toBe("webp");
    expect(formatOf("f=auto", "text/html")).toBe("plain");
  });

  test.each([
    ["image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8", "avif"],
    ["image/webp,image/avif,image/jxl,image/heic,image/heic-sequence,video/*;q=0.8,*/*;q=0.5", "avif"],
    ["image/avif;q=0,image/webp", "webp"],
    ["image/avif;q=0.000, image/webp;q=0.0", "png"],
    ["image/webp;q=0.9,image/avif;q=0.5", "webp"],
    ["image/avif ; q=0.2 , */*", "avif"],
    ["IMAGE/WEBP;Q=1.0", "webp"],
    ["image/webp;level=3;q=0.4", "webp"],
    ["image/webp;q=high", "webp"],
    ["image/webpfoo,image/avif-sequence,ximage/avif", "png"],
    ["text/html;x=image/avif", "png"],
    ["image/*;q=0.8,*/*", "png"],
    ["*/*", "png"],
    ["", "png"],
    [",,;q=1,image/", "png"],
  ])("auto reads Accept by types and weights: %s is %s", (accept, format) => {
    expect(formatOf("f=auto&w=100", accept)).toBe(format);
  });

  test("auto without loss is a WebP, which can be, and no AVIF, which can't", () => {
    const plan = planFor("f=auto&w=100&lossless=true", wide, "image/avif,image/webp");
    expect(plan.kind === "render" && [plan.variant.format, plan.variant.quality]).toEqual(["webp", null]);
  });

  test.each([
    ["png", "lossless=true"],
    ["png", "q=10"],
    ["jpg", "lossless=true"],
    ["avif", "lossless=true"],
    ["gif", "q=10&lossless=true"],
  ] as const)("of a %s is not made anew for %s, which changes nothing of it", (format, query) => {
    expect(planFor(query, planned({ width: 100, height: 50 }, { format })).kind).toBe("plain");
  });

  test("avif gives way to webp where it would take too long", () => {
    expect(formatOf("f=avif", "", planned({ width: 2000, height: 1500 }))).toBe("webp");
  });

  test("of a lossless picture stays lossless where a webp would need too much memory", () => {
    const large = planned({ width: 2400, height: 1800 });
    expect(formatOf("f=webp&lossless=true&w=2000", "", large)).toBe("png");
    expect(formatOf("f=webp&w=2000", "", large)).toBe("webp");
    expect(formatOf("f=webp", "", planned({ width: 5000, height: 4000 }))).toBe("jpg");
  });

  test("of a picture without alpha gets no colour behind it", () => {
    expect(renderPlanFor("f=jpg&bg=red", wide).variant.behind).toBeNull();
  });

  test("jpg puts white behind a transparent picture, or the colour that was asked for", () => {
    const logo = planned({ width: 10, height: 10 }, { alpha: true });
    expect(renderPlanFor("f=jpg", logo).variant.behind).toBe("ffffffff");
    expect(renderPlanFor("f=jpg&bg=red", logo).variant.behind).toBe("ff0000ff");
    expect(renderPlanFor("f=jpg&bg=ff000080", logo).variant.behind).toBe("ff7f7fff");
    expect(renderPlanFor("f=webp", logo).variant.behind).toBeNull();
  });
});
